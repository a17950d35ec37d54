#pragma once

#include <dosimeter/rate.h>
#include <dosimeter/result.h>

#include "sim/predict/recorded_distribution.h"
#include "sim/predict/reservoir_takes.h"

#include <optional>
#include <span>

namespace dosimeter::sim {

/// More requests a month than this are not predicted: 400 billion a second, past any count that
/// fits.
inline constexpr double kMaximumMonthlyRequests = 1e18;

/// A rule's part of the traffic: what its reservoir took and refused, and the rate at which the
/// refused are drawn.
struct RuleTakes {
  ReservoirTakes takes;
  Rate rate;
  /// Where what the reservoir took is random, instead of `takes`.
  std::optional<RandomTakes> random = {};

  [[nodiscard]] double taken() const noexcept;
  [[nodiscard]] double refused() const noexcept;
  /// Of the traces: by the draws and by the routing. With T taken and M = n - T refused, traces are
  /// T + Binomial(M, p), so Var = Var(T) (1 - p)^2 + E[M] p (1 - p).
  [[nodiscard]] double recorded_variance() const noexcept {
    return drawn_variance() + routing_variance();
  }
  [[nodiscard]] double drawn_variance() const noexcept;
  [[nodiscard]] double routing_variance() const noexcept;
};

/// Why there is no month.
enum class NoMonth {
  /// The log covers no span: it has one row, or none.
  no_span,
  /// It would hold more than kMaximumMonthlyRequests.
  too_many_requests,
};

/// How many traces these rules record together: the fixed sum of what was taken, plus a binomial
/// for each rate. Where what was taken is random, the normal distribution of the same mean and
/// variance; the rules are then independent of each other, unless `routing_variance` says what the
/// routing alone does to the sum's variance.
[[nodiscard]] RecordedDistribution recorded_by(std::span<const RuleTakes> rules,
                                               std::optional<double> routing_variance = {});

/// A month as if all of it were like the log.
struct Month {
  /// Months in the log's span, inverted: above 1 for a log shorter than a month.
  double factor;
  /// Traces: factor * the log's expectation, and sqrt(factor) * its standard deviation.
  double expected;
  double standard_deviation;
  /// round(factor * taken) + Binomial(round(factor * refused), rate), summed over the rules, halves
  /// up. Its own mean may therefore differ from `expected` by one trace for each rule. Where what
  /// was taken is random, the normal distribution of this mean and deviation.
  RecordedDistribution distribution;
};

/// Flat extrapolation of a log that spans `span_seconds` to a month of `month_hours`; no_span where
/// the span is not a positive number. The sampling noise alone: how traffic differs from day to day
/// is not in it. The month's seconds are multiplied in before the span divides, so that a figure
/// that comes out even is exact. Where the log's expectation was simulated, `standard_error` is its
/// own: it grows with the factor, and is in the month's deviation. REQUIRES: month_hours > 0 and
/// finite.
[[nodiscard]] Result<Month, NoMonth> flat_month(std::span<const RuleTakes> rules,
                                                double span_seconds, double month_hours,
                                                std::optional<double> routing_variance = {},
                                                std::optional<double> standard_error = {});

}  // namespace dosimeter::sim
