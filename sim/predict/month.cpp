#include "sim/predict/month.h"

#include <cassert>
#include <cmath>

namespace dosimeter::sim {

namespace {

constexpr double kSecondsPerHour = 3600;

/// std::round takes halves away from zero, which is up here.
std::uint64_t scaled(std::uint64_t count, double factor) {
  return static_cast<std::uint64_t>(std::round(static_cast<double>(count) * factor));
}

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

std::optional<Month> flat_month(std::span<const RuleTakes> rules, double span_seconds,
                                double month_hours) {
  assert(std::isfinite(month_hours) && month_hours > 0);
  if (!(span_seconds > 0) || !std::isfinite(span_seconds)) return std::nullopt;
  const double factor = month_hours * kSecondsPerHour / span_seconds;
  const double requests = factor * requests_of(rules);
  if (!(requests <= kMaximumMonthlyRequests)) return std::nullopt;

  double expected = 0;
  double variance = 0;
  std::vector<RuleTakes> month(rules.begin(), rules.end());
  for (RuleTakes& rule : month) {
    const double rate = rule.rate.value();
    const double refused = static_cast<double>(rule.takes.refused);
    expected += static_cast<double>(rule.takes.taken) + refused * rate;
    variance += refused * rate * (1 - rate);
    rule.takes = {scaled(rule.takes.taken, factor), scaled(rule.takes.refused, factor)};
  }
  return Month{factor, factor * expected, std::sqrt(factor * variance), recorded_by(month)};
}

}  // namespace dosimeter::sim
