#include "sim/predict/month.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace dosimeter::sim {

namespace {

constexpr double kSecondsPerHour = 3600;

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
  for (const RuleTakes& rule : rules) {
    sum += static_cast<double>(rule.takes.taken) + static_cast<double>(rule.takes.refused);
  }
  return sum;
}

}  // namespace

RecordedDistribution recorded_by(std::span<const RuleTakes> rules) {
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
                                  double month_hours) {
  assert(std::isfinite(month_hours) && month_hours > 0);
  if (!(span_seconds > 0) || !std::isfinite(span_seconds)) return NoMonth::no_span;
  const Scale scale{month_hours * kSecondsPerHour, span_seconds};
  if (!(scale.apply(requests_of(rules)) <= kMaximumMonthlyRequests)) {
    return NoMonth::too_many_requests;
  }

  double expected = 0;
  double variance = 0;
  std::vector<RuleTakes> month(rules.begin(), rules.end());
  for (RuleTakes& rule : month) {
    const double rate = rule.rate.value();
    const double refused = static_cast<double>(rule.takes.refused);
    expected += static_cast<double>(rule.takes.taken) + refused * rate;
    variance += refused * rate * (1 - rate);
    rule.takes = {scale.apply(rule.takes.taken), scale.apply(rule.takes.refused)};
  }
  return Month{scale.month_seconds / span_seconds, scale.apply(expected),
               std::sqrt(scale.apply(variance)), recorded_by(month)};
}

}  // namespace dosimeter::sim
