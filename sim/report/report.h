#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/rules/document.h>

#include "sim/predict/fleet.h"
#include "sim/predict/group_prediction.h"
#include "sim/predict/prediction.h"
#include "sim/replay/replay.h"
#include "sim/replay/traffic_scale.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// Something the reader of a report has to know before relying on it.
struct Warning {
  /// Stable, snake_case: docs/report.md lists them.
  std::string code;
  /// One line, lower case, no full stop, saying what helps where something does.
  std::string message;
};

/// The numbers of instances in the table of a report.
inline constexpr std::uint64_t kTableInstances[] = {1, 2, 5, 10, 50, 100};

/// The log as it would be on so many instances, each request going to any of them alike.
struct FleetLine {
  std::uint64_t instances = 1;
  Method method = Method::exact;
  RecordedTraces recorded;
  /// Expected; absent where there is no month.
  std::optional<double> usd_per_month;
  /// Where quotas are split: expected figures over the allocations.
  std::optional<Range> recorded_model;
  std::optional<Range> usd_model;
};

/// What SamplingRateBoost may add to a rule's traces at most.
struct BoostBound {
  std::size_t rule = 0;
  double maximum_rate = 0;
  std::int64_t cooldown_minutes = 0;
  /// In the log, and in a month where there is one.
  double recorded = 0;
  std::optional<double> recorded_per_month;
  std::optional<double> usd_per_month;
};

/// Everything a writer writes: no writer predicts, and all write the same figures.
struct Report {
  RuleSet rules;
  RuleKind kind = RuleKind::central;
  /// None: the Default rule alone.
  std::vector<rules::DocumentSource> rule_sources;
  /// Names, fit for a terminal.
  std::vector<std::string> log_sources;
  FleetSettings fleet;
  std::uint64_t instances = 1;
  ReplayResult replay;
  PredictionSettings settings;
  Prediction prediction;
  /// Interrupted after the log was read: ranges and lines of the table may be missing.
  bool is_cut_short = false;
  /// The same log on each of kTableInstances.
  std::vector<FleetLine> fleets;
  /// Where quotas are split: expected traces of the log under each allocation.
  std::optional<Range> allocation_range;
  /// Where stamps of whole seconds leave open what is taken: over the placements.
  std::optional<Range> placement_range;
  /// Rules whose rate may be boosted.
  std::vector<BoostBound> boosts;
  std::vector<Warning> warnings;
  /// By endpoint, status and hour, where that was asked for.
  PredictedTables tables = {};
  /// How many requests the log's rows stand for.
  TrafficScale scale = {};
};

/// What `make_report` is told beside the figures.
struct ReportContext {
  RuleKind kind = RuleKind::central;
  std::vector<rules::DocumentSource> rule_sources;
  std::vector<std::string> log_sources;
  /// Of the rule documents; put before the others.
  std::vector<Warning> rule_warnings;
  FleetSettings fleet = {};
  /// Asked between predictions: true leaves out what the report can do without, and marks it
  /// partial.
  std::function<bool()> stop = [] { return false; };
  /// For the tables that were asked for.
  GroupedTraffic groups = {};
  TrafficScale scale = {};
};

/// Predicts from what was replayed and gathers what must be warned of. Pure.
[[nodiscard]] Report make_report(RuleSet rules, ReportContext context, ReplayResult replay,
                                 PredictionSettings settings);

}  // namespace dosimeter::sim
