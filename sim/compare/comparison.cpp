#include "sim/compare/comparison.h"

#include "sim/report/number_text.h"
#include "sim/report/warnings.h"

#include <algorithm>
#include <unordered_map>

namespace dosimeter::sim {
namespace {

/// The rules of one side by name, those it ignores included.
class SideRules {
 public:
  explicit SideRules(const Report& report) {
    nothing_.prediction = RulePrediction{};
    if (report.prediction.month) nothing_.prediction->usd_per_month = 0.0;
    for (const IgnoredRule& ignored : report.rules.ignored()) {
      sides_[ignored.rule.name()] = {std::nullopt, ignored.reason};
    }
    for (std::size_t i = 0; i < report.rules.rules().size(); ++i) {
      sides_[report.rules.rules()[i].name()] = {report.prediction.rules[i], ""};
    }
  }

  /// Of a stand-in that this side does not need: one that has no request.
  [[nodiscard]] ComparedSide of(const std::string& name) const {
    const auto found = sides_.find(name);
    return found == sides_.end() ? nothing_ : found->second;
  }

 private:
  std::unordered_map<std::string, ComparedSide> sides_;
  ComparedSide nothing_;
};

std::vector<ComparedRule> compared_rules(const Report& a, const Report& b,
                                         const CompareResult& result) {
  const SideRules sides_a(a);
  const SideRules sides_b(b);
  const auto is_stand_in = [](const Report& report, const std::string& name) {
    const RuleSet& set = report.rules;
    return set.is_stand_in(set.fallback_index()) &&
           set.rules()[set.fallback_index()].name() == name;
  };
  std::vector<ComparedRule> rules;
  const auto add = [&](const std::string& name) {
    const bool known = std::any_of(rules.begin(), rules.end(),
                                   [&](const ComparedRule& rule) { return rule.name == name; });
    if (known) return;
    rules.push_back({name, is_stand_in(a, name) || is_stand_in(b, name), sides_a.of(name),
                     sides_b.of(name), result.movements[result.names.number(name)]});
  };
  for (const Rule& rule : a.rules.rules()) add(rule.name());
  for (const IgnoredRule& ignored : a.rules.ignored()) add(ignored.rule.name());
  for (const Rule& rule : b.rules.rules()) add(rule.name());
  return rules;
}

bool has(const std::vector<Warning>& warnings, const Warning& wanted) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const Warning& warning) {
    return warning.code == wanted.code && warning.message == wanted.message;
  });
}

std::vector<Warning> both_warnings(const Report& a, const Report& b) {
  std::vector<Warning> warnings;
  const auto add = [&](const Report& one, const Report& other, bool says_what_is_common) {
    for (const Warning& warning : one.warnings) {
      if (!has(other.warnings, warning)) {
        warnings.push_back(
            {warning.code, std::string(one.rules.recorder().name) + ": " + warning.message});
      } else if (says_what_is_common) {
        warnings.push_back(warning);
      }
    }
  };
  add(a, b, true);
  add(b, a, false);
  return warnings;
}

/// What the list of changes does not say.
void add_change_warnings(const CompareResult& result, std::size_t rules,
                         std::vector<Warning>& warnings) {
  if (!result.causes_sought && result.changed > 0) {
    warnings.push_back({"causes_not_sought", "no causes: they are sought for up to " +
                                                 grouped(std::uint64_t{kMostAttributedRules}) +
                                                 " rules, got " + grouped(std::uint64_t{rules})});
  }
  if (result.changes_left_out > 0) {
    warnings.push_back({"changes_left_out",
                        grouped(result.changes_left_out) +
                            " requests that change rule are in no change: the list ends at " +
                            grouped(std::uint64_t{ChangeList::kMostChanges}) + " kinds of change"});
  }
}

}  // namespace

Comparison make_comparison(const RuleSet& a, const RuleSet& b, ReportContext context,
                           FleetSettings fleet_b, CompareResult result,
                           const PredictionSettings& settings) {
  Report report_a = make_report(a, context, std::move(result.a), settings);
  context.fleet = std::move(fleet_b);
  Report report_b = make_report(b, std::move(context), std::move(result.b), settings);
  std::vector<ComparedRule> rules = compared_rules(report_a, report_b, result);
  std::vector<Warning> warnings = both_warnings(report_a, report_b);
  VolumeComparison volume = compare_volume(report_a, report_b);
  add_change_warnings(result, result.names.size() - 1, warnings);
  return {std::move(report_a),
          std::move(report_b),
          std::move(rules),
          std::move(result.names),
          std::move(result.differences),
          result.requests,
          result.changed,
          result.movements[kDecidedUpstream],
          std::move(result.changes),
          result.changes_left_out,
          result.causes_sought,
          std::move(volume),
          std::move(warnings)};
}

}  // namespace dosimeter::sim
