#include "sim/recorders/check_text.h"

#include "sim/log/quoted_text.h"
#include "sim/report/number_text.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <map>
#include <utility>

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
  if (check.verdict == Verdict::refused) {
    return fmt::format("refuses them all: {}{}", place_text(check.location),
                       without_controls(check.message));
  }
  if (check.verdict == Verdict::not_read) {
    return fmt::format("reads no central rules; given them as a local document it {}",
                       use_text(check));
  }
  return use_text(check);
}

std::string local_text(const RecorderCheck& check) {
  const std::string fault = place_text(check.location) + without_controls(check.message);
  switch (check.verdict) {
    case Verdict::accepted:
      return "accepts it";
    case Verdict::partly_used:
    case Verdict::partly_loaded:
      return "uses what stands before the fault: " + fault;
    case Verdict::replaced:
      return "quietly uses its own instead: " + fault;
    case Verdict::refused:
      return "refuses it: " + fault;
    case Verdict::not_read:
      return "does not read local documents";
  }
  return "";
}

/// Each rule that somebody ignores for a reason, with who does.
std::string ignored_lines(const DocumentReport& report) {
  struct Entry {
    UnusedRule rule;
    std::string recorders;
  };
  std::vector<Entry> entries;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> known;
  for (const RecorderCheck& check : report.checks) {
    for (const UnusedRule& rule : check.ignored) {
      const auto [at, is_new] = known.try_emplace({rule.name, rule.reason}, entries.size());
      if (is_new) entries.push_back({rule, ""});
      std::string& names = entries[at->second].recorders;
      names += (names.empty() ? "" : ", ") + std::string(check.recorder->name);
    }
  }
  std::string text;
  for (const Entry& entry : entries) {
    text += fmt::format("\n{} is ignored by {}:\n  {}\n", in_quotes(entry.rule.name),
                        entry.recorders, entry.rule.reason);
  }
  return text;
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
    table.add({std::string(check.recorder->name),
               report.kind == RuleKind::central ? central_text(check) : local_text(check)});
  }
  return text + "\n\n" + table.to_string() + ignored_lines(report);
}

}  // namespace dosimeter::sim
