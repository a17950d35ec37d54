#include "sim/predict/month.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace dosimeter::sim {

namespace {

constexpr double kSecondsPerHour = 3600;
/// What rounding may add to a sum of expectations that is a whole number.
constexpr double kRounding = 1e-3;

/// From the log's span to the month. Not by a factor: 2,678,400 seconds to 7 have none that a
/// double holds, and figures that come out even would no longer do so.
struct Scale {
  double month_seconds;
  double span_seconds;

  [[nodiscard]] double apply(double figure) const { return figure * month_seconds / span_seconds; }
  /// std::round takes halves away from zero, which is up here.
  [[nodiscard]] std::uint64_t apply(std::uint64_t count) const {
    return static_cast<std::uint64_t>(std::round(apply(static_cast<double>(count))));
  }
};

double requests_of(std::span<const RuleTakes> rules) {
  double sum = 0;
  for (const RuleTakes& rule : rules) sum += rule.taken() + rule.refused();
  return sum;
}

bool is_random(std::span<const RuleTakes> rules) {
  return std::any_of(rules.begin(), rules.end(),
                     [](const RuleTakes& rule) { return rule.random.has_value(); });
}

/// Sums over the rules.
struct RecordedMoments {
  double mean = 0;
  double variance = 0;
};

double drawn_variance_of(std::span<const RuleTakes> rules) {
  double sum = 0;
  for (const RuleTakes& rule : rules) sum += rule.drawn_variance();
  return sum;
}

RecordedMoments moments_of(std::span<const RuleTakes> rules,
                           std::optional<double> routing_variance) {
  RecordedMoments sum;
  for (const RuleTakes& rule : rules) {
    sum.mean += rule.taken() + rule.refused() * rule.rate.value();
    sum.variance += rule.drawn_variance();
    if (!routing_variance) sum.variance += rule.routing_variance();
  }
  sum.variance += routing_variance.value_or(0);
  return sum;
}

}  // namespace

double RuleTakes::taken() const noexcept {
  return random ? random->taken : static_cast<double>(takes.taken);
}

double RuleTakes::refused() const noexcept {
  return random ? random->refused : static_cast<double>(takes.refused);
}

double RuleTakes::drawn_variance() const noexcept {
  const double p = rate.value();
  return refused() * p * (1 - p);
}

double RuleTakes::routing_variance() const noexcept {
  const double p = rate.value();
  return random ? random->variance * (1 - p) * (1 - p) : 0.0;
}

RecordedDistribution recorded_by(std::span<const RuleTakes> rules,
                                 std::optional<double> routing_variance) {
  if (is_random(rules)) {
    const RecordedMoments moments = moments_of(rules, routing_variance);
    const double most = std::ceil(requests_of(rules) - kRounding);
    return RecordedDistribution::normal(moments.mean, moments.variance,
                                        static_cast<std::uint64_t>(std::max(most, 0.0)));
  }
  std::uint64_t taken = 0;
  std::vector<BinomialTrials> drawn;
  drawn.reserve(rules.size());
  for (const RuleTakes& rule : rules) {
    taken += rule.takes.taken;
    drawn.push_back({rule.takes.refused, rule.rate.value()});
  }
  return {taken, std::move(drawn)};
}

Result<Month, NoMonth> flat_month(std::span<const RuleTakes> rules, double span_seconds,
                                  double month_hours, std::optional<double> routing_variance,
                                  std::optional<double> standard_error) {
  assert(std::isfinite(month_hours) && month_hours > 0);
  if (!(span_seconds > 0) || !std::isfinite(span_seconds)) return NoMonth::no_span;
  const Scale scale{month_hours * kSecondsPerHour, span_seconds};
  if (!(scale.apply(requests_of(rules)) <= kMaximumMonthlyRequests)) {
    return NoMonth::too_many_requests;
  }

  const RecordedMoments log = moments_of(rules, routing_variance);
  std::vector<RuleTakes> month(rules.begin(), rules.end());
  for (RuleTakes& rule : month) {
    rule.takes = {scale.apply(rule.takes.taken), scale.apply(rule.takes.refused)};
    if (!rule.random) continue;
    rule.random->taken = scale.apply(rule.random->taken);
    rule.random->refused = scale.apply(rule.random->refused);
    rule.random->variance = scale.apply(rule.random->variance);
  }
  double variance = scale.apply(log.variance);
  if (routing_variance) routing_variance = scale.apply(*routing_variance);
  if (standard_error) {
    // Every hour of the month has the error of the log: it does not even out.
    const double error = scale.apply(*standard_error);
    variance += error * error;
    routing_variance = variance - drawn_variance_of(month);
  }
  return Month{scale.month_seconds / span_seconds, scale.apply(log.mean), std::sqrt(variance),
               recorded_by(month, routing_variance)};
}

}  // namespace dosimeter::sim
