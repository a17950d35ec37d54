#include "sim/recorders/check_text.h"

#include "sim/log/quoted_text.h"
#include "sim/report/number_text.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace dosimeter::sim {
namespace {

using Align = TextTable::Align;

/// `local.json:4:5: `.
std::string place_text(const rules::Location& location) {
  if (location.line == 0) return "";
  return fmt::format("{}:{}:{}: ", location.file, location.line, location.column);
}

std::string use_text(const RecorderCheck& check) {
  if (check.ignored.empty()) return "uses every rule";
  return fmt::format("uses {} of {} rules", grouped(std::uint64_t{check.used.size()}),
                     grouped(std::uint64_t{check.used.size() + check.ignored.size()}));
}

std::string central_text(const RecorderCheck& check) {
  if (check.verdict == Verdict::refused) return "fails to load them and uses none";
  if (check.verdict != Verdict::not_read) return use_text(check);
  return "reads no central rules; given them as a local document it " + use_text(check);
}

std::string_view local_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
    case Verdict::partly_used:
      return "accepts it";
    case Verdict::partly_loaded:
      return "uses what stands before the fault";
    case Verdict::replaced:
      return "quietly uses its own instead";
    case Verdict::refused:
      return "refuses it";
    case Verdict::not_read:
      return "does not read local documents";
  }
  return "";
}

/// Texts, each with the recorders it is about, in the order of their first.
class Findings {
 public:
  void add(const std::string& text, std::string_view recorder) {
    const auto [at, is_new] = known_.try_emplace(text, entries_.size());
    if (is_new) entries_.push_back({text, ""});
    std::string& names = entries_[at->second].recorders;
    names += (names.empty() ? "" : ", ") + std::string(recorder);
  }

  [[nodiscard]] std::string to_string() const {
    std::string text;
    for (const Entry& entry : entries_) {
      text += fmt::format("\n{}\n  {}\n", entry.text, entry.recorders);
    }
    return text;
  }

 private:
  struct Entry {
    std::string text;
    std::string recorders;
  };
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t> known_;
};

/// Each fault and each rule that is left out, with those who mind.
std::string finding_lines(const DocumentReport& report) {
  Findings findings;
  for (const RecorderCheck& check : report.checks) {
    if (!check.message.empty()) {
      findings.add(place_text(check.location) + without_controls(check.message),
                   check.recorder->name);
    }
    for (const UnusedRule& rule : check.ignored) {
      findings.add(fmt::format("rule {}: {}", in_quotes(rule.name), rule.reason),
                   check.recorder->name);
    }
  }
  return findings.to_string();
}

}  // namespace

std::string write_check(const DocumentReport& report) {
  std::string text = fmt::format("{}: {}", report.name,
                                 report.shape ? describe(*report.shape) : "local sampling rules");
  if (report.kind == RuleKind::central) {
    text += fmt::format(", {} {}", grouped(std::uint64_t{report.rules}),
                        report.rules == 1 ? "rule" : "rules");
  }
  TextTable table({Align::left, Align::left});
  for (const RecorderCheck& check : report.checks) {
    table.add({std::string(check.recorder->name), report.kind == RuleKind::central
                                                      ? central_text(check)
                                                      : std::string(local_text(check.verdict))});
  }
  return text + "\n\n" + table.to_string() + finding_lines(report);
}

}  // namespace dosimeter::sim
