#pragma once

#include <dosimeter/rate.h>

#include "sim/predict/month.h"
#include "sim/predict/prices.h"
#include "sim/predict/reservoir_takes.h"
#include "sim/replay/load_histogram.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// The share of outcomes an interval holds unless told otherwise: the customary 95 %.
inline constexpr double kDefaultConfidence = 0.95;
/// Hours in the month of the worked example on AWS's price page: 24 hours on 31 days.
inline constexpr double kDefaultMonthHours = 744;

/// How figures were come by, best first; a report has the weakest of its parts.
enum class Method {
  /// From the distribution itself.
  exact,
  /// Some quantiles or partial expectations from an expansion.
  approximate,
  /// Counted by replaying in time order.
  replayed,
  /// Drawn with a seed; figures carry a standard error.
  simulated,
};

/// What the reservoirs of a rule did in all instances.
struct FleetTakes {
  ReservoirTakes takes;
  /// Where routing is not known: instead of `takes`.
  std::optional<RandomTakes> random;
  /// The part of what was taken that was borrowed: one a second while there is no quota.
  double borrowed = 0;
  Method method = Method::exact;
};

/// One rule's traffic, as replayed.
struct RuleTraffic {
  /// Requests this rule decided.
  std::uint64_t matched = 0;
  /// Of a LoadHistogram, in any order; a view that must live until `predict` returns.
  std::span<const LoadEntry> load;
  /// Requests a second.
  std::uint64_t reservoir_size = 0;
  Rate rate;
  /// What its reservoirs did, where that is more than one reservoir of that size on that load; then
  /// these are of no account but for the rate.
  std::optional<FleetTakes> takes = {};
};

struct PredictionSettings {
  /// Above 0 and below 1.
  double confidence = kDefaultConfidence;
  /// Above 0.
  double month_hours = kDefaultMonthHours;
  /// Recorded traces of the month's free allowance that something else uses.
  std::uint64_t free_tier_used = 0;
  Prices prices = builtin_prices();
};

struct PredictionInput {
  /// In the recorder's evaluation order.
  std::vector<RuleTraffic> rules;
  /// What the log covers, above 0 and finite; absent where it does not say (one row, or none).
  std::optional<double> span_seconds;
  PredictionSettings settings;
  /// Where rules share a reservoir: the variance of all traces that comes of the routing alone, and
  /// the standard error of their expectation.
  std::optional<double> routing_variance = {};
  std::optional<double> routing_error = {};
};

/// Traces recorded during the log.
struct RecordedTraces {
  double expected = 0;
  double standard_deviation = 0;
  /// Of `expected`; absent unless simulated.
  std::optional<double> standard_error;
  /// The interval at the confidence asked for, both ends included.
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

/// One rule, or all of them.
struct PredictedTraces {
  std::uint64_t matched = 0;
  /// Requests the reservoir took, and those left to the rate: whole numbers where routing is known,
  /// else expectations.
  double reservoir_taken = 0;
  double rate_candidates = 0;
  /// The rate's part of recorded.expected: the sum over the rules of candidates * rate.
  double rate_taken = 0;
  /// The part of reservoir_taken that was borrowed for want of a quota.
  double borrowed = 0;
  RecordedTraces recorded;
};

struct RulePrediction {
  PredictedTraces traces;
  /// The rule's share of the month's bill, by expected recorded traces; absent where there is no
  /// month.
  std::optional<double> usd_per_month;
};

struct Range {
  double low = 0;
  double high = 0;
};

/// A month's figure and what it may differ by, for three reasons that are kept apart.
struct MonthlyFigure {
  double expected = 0;
  /// The draws' noise, at the confidence asked for.
  Range sampling;
  /// What is not known of the recorder's or the service's behaviour; absent where nothing is
  /// assumed.
  std::optional<Range> model;
  /// How traffic differs from day to day; absent where the log is extrapolated flat.
  std::optional<Range> traffic;
};

struct MonthPrediction {
  MonthlyFigure recorded;
  /// Of the recorded traces, by the draws alone.
  double standard_deviation = 0;
  MonthlyFigure usd;
};

struct Prediction {
  /// As in the input.
  std::vector<RulePrediction> rules;
  /// The distribution of the sum, not the sum of the rules' intervals.
  PredictedTraces total;
  Method method = Method::exact;
  std::optional<MonthPrediction> month;
  /// Present exactly where `month` is absent.
  std::optional<NoMonth> no_month;
};

/// What these rules record of this traffic, and what a month of it costs. Pure: the same input
/// gives the same bytes, on any thread. Tens of milliseconds at most for 26 rules. REQUIRES: the
/// settings are in their ranges; all loads together hold at most 2^53 requests, which a double
/// counts exactly (a replay counts no more).
[[nodiscard]] Prediction predict(const PredictionInput& input);

}  // namespace dosimeter::sim
