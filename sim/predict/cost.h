#pragma once

#include "sim/predict/prices.h"
#include "sim/predict/recorded_distribution.h"

#include <cstdint>

namespace dosimeter::sim {

/// What a month's recorded traces cost, in US dollars.
struct MonthlyCost {
  double expected;
  /// The bills for the ends of the traces' interval: a bill grows with the count, so they are the
  /// bill's own quantiles.
  double low;
  double high;
};

/// The bill for exactly this many recorded traces, of which the first `free_per_month -
/// free_tier_used` cost nothing.
[[nodiscard]] double bill(double traces, const Prices& prices, std::uint64_t free_tier_used);

/// price * E[max(0, X - free)]. A bill is convex in the count: near the end of the free traces the
/// bill for the expected count would be too small. REQUIRES: 0 < confidence < 1.
[[nodiscard]] MonthlyCost monthly_cost(const RecordedDistribution& month, const Prices& prices,
                                       std::uint64_t free_tier_used, double confidence);

}  // namespace dosimeter::sim
