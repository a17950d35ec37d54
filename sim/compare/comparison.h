#pragma once

#include "sim/compare/change_list.h"
#include "sim/compare/choice_difference.h"
#include "sim/compare/compare_replay.h"
#include "sim/compare/volume.h"
#include "sim/predict/prediction.h"
#include "sim/report/report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// A rule under one of two recorders.
struct ComparedSide {
  /// Nothing where the recorder ignores the rule.
  std::optional<RulePrediction> prediction;
  /// Why it does; empty where it does not.
  std::string_view ignored;
};

/// A rule under both.
struct ComparedRule {
  std::string name;
  /// No rule of the document: AWS's own Default, or a recorder's own sampler (Fallback).
  bool implicit = false;
  ComparedSide a;
  ComparedSide b;
  /// From A to B.
  Movement movement;
};

/// Everything a writer writes of a comparison.
struct Comparison {
  /// The report of a replay under either recorder. Their warnings are in `warnings`.
  Report a;
  Report b;
  /// In the order in which A asks them, then those it ignores.
  std::vector<ComparedRule> rules;
  RuleNames names;
  std::vector<ChoiceDifference> differences;
  /// Requests that were put to both.
  std::uint64_t requests = 0;
  std::uint64_t changed = 0;
  Movement upstream;
  std::vector<Change> changes;
  std::uint64_t changes_left_out = 0;
  bool causes_sought = true;
  VolumeComparison volume;
  /// What is true of both is said once; what is not, with the recorder's name in front.
  std::vector<Warning> warnings;

  [[nodiscard]] bool partial() const noexcept { return a.replay.partial; }
};

/// Predicts for both recorders and puts the figures side by side. Pure.
/// `context` has A's fleet, `fleet_b` is that of B.
[[nodiscard]] Comparison make_comparison(const RuleSet& a, const RuleSet& b, ReportContext context,
                                         FleetSettings fleet_b, CompareResult result,
                                         const PredictionSettings& settings);

}  // namespace dosimeter::sim
