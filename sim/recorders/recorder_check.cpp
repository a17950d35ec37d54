#include "sim/recorders/recorder_check.h"

#include <dosimeter/rule_set.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

Verdict verdict_of(rules::Acceptance acceptance) {
  switch (acceptance) {
    case rules::Acceptance::accepted:
      return Verdict::accepted;
    case rules::Acceptance::partly_loaded:
      return Verdict::partly_loaded;
    case rules::Acceptance::refused:
      return Verdict::refused;
    case rules::Acceptance::replaced:
      return Verdict::replaced;
  }
  return Verdict::refused;
}

/// The first rule that the recorder refuses on its own.
rules::Location place_of_refusal(std::span<const rules::RuleEntry> rules,
                                 const Recorder& recorder) {
  const auto refused = std::find_if(rules.begin(), rules.end(), [&](const rules::RuleEntry& entry) {
    return !RuleSetBuilder(recorder).add(entry.rule).build();
  });
  return refused == rules.end() ? rules::Location{} : refused->location;
}

RecorderCheck central_check(const rules::RuleDocument& document, const Recorder& recorder) {
  RecorderCheck check{&recorder, Verdict::accepted, "", {}, {}, {}};
  RuleSetBuilder builder(recorder);
  for (const rules::RuleEntry& entry : document.rules) builder.add(entry.rule);
  const auto set = std::move(builder).build();
  if (!set) {
    check.verdict = Verdict::refused;
    check.message = set.error().where + " " + set.error().message;
    check.location = place_of_refusal(document.rules, recorder);
    return check;
  }
  const std::span<const Rule> rules = set.value().rules();
  for (RuleIndex i = 0; i < rules.size(); ++i) {
    if (!set.value().is_stand_in(i)) check.used.emplace_back(rules[i].name());
  }
  for (const IgnoredRule& ignored : set.value().ignored()) {
    check.ignored.push_back({std::string(ignored.rule.name()), ignored.reason});
  }
  if (!check.ignored.empty()) check.verdict = Verdict::partly_used;
  if (!recorder.reads_central_rules) check.verdict = Verdict::not_read;
  return check;
}

RecorderCheck local_check(const rules::Source& source, const Recorder& recorder) {
  RecorderCheck check{&recorder, Verdict::not_read, "", {}, {}, {}};
  if (!recorder.local) return check;
  rules::DocumentCheck found = rules::check_local_document(source, recorder);
  check.verdict = verdict_of(found.acceptance);
  check.message = std::move(found.message);
  check.location = std::move(found.location);
  return check;
}

}  // namespace

bool DocumentReport::accepted_by_all() const noexcept {
  return std::all_of(checks.begin(), checks.end(),
                     [](const RecorderCheck& check) { return check.verdict == Verdict::accepted; });
}

std::string_view verdict_name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::partly_used:
      return "partly_used";
    case Verdict::partly_loaded:
      return "partly_loaded";
    case Verdict::replaced:
      return "replaced";
    case Verdict::refused:
      return "refused";
    case Verdict::not_read:
      return "not_read";
  }
  return "";
}

DocumentReport check_local(const rules::Source& source, std::optional<rules::DocumentShape> shape,
                           std::span<const Recorder* const> recorders) {
  DocumentReport report{source.name, shape, RuleKind::local, 0, {}};
  for (const Recorder* recorder : recorders)
    report.checks.push_back(local_check(source, *recorder));
  return report;
}

bool passes_for_local(const rules::Source& source) {
  const std::span<const Recorder> all = recorders();
  return std::any_of(all.begin(), all.end(), [&](const Recorder& recorder) {
    const Verdict verdict = local_check(source, recorder).verdict;
    return verdict == Verdict::accepted || verdict == Verdict::partly_loaded ||
           verdict == Verdict::replaced;
  });
}

DocumentReport check_central(const rules::RuleDocument& document,
                             std::span<const Recorder* const> recorders) {
  const rules::DocumentSource& source = document.sources.front();
  DocumentReport report{source.name, source.shape, RuleKind::central, document.rules.size(), {}};
  for (const Recorder* recorder : recorders) {
    report.checks.push_back(central_check(document, *recorder));
  }
  return report;
}

}  // namespace dosimeter::sim
