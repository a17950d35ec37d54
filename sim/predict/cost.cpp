#include "sim/predict/cost.h"

#include <algorithm>

namespace dosimeter::sim {

namespace {

constexpr double kMillion = 1e6;

double free_traces(const Prices& prices, std::uint64_t used) {
  return static_cast<double>(prices.free_per_month - std::min(prices.free_per_month, used));
}

double charge(double billed_traces, const Prices& prices) {
  return billed_traces * prices.price_per_million / kMillion;
}

}  // namespace

double bill(double traces, const Prices& prices, std::uint64_t free_tier_used) {
  return charge(std::max(0.0, traces - free_traces(prices, free_tier_used)), prices);
}

MonthlyCost monthly_cost(const RecordedDistribution& month, const Prices& prices,
                         std::uint64_t free_tier_used, double confidence) {
  const CountInterval traces = month.interval(confidence);
  return {charge(month.expected_above(free_traces(prices, free_tier_used)), prices),
          bill(static_cast<double>(traces.low), prices, free_tier_used),
          bill(static_cast<double>(traces.high), prices, free_tier_used)};
}

}  // namespace dosimeter::sim
