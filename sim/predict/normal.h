#pragma once

namespace dosimeter::sim {

/// Density of the standard normal distribution at z.
[[nodiscard]] double normal_density(double z);

/// P(Z > z) for a standard normal Z, with full relative accuracy in the upper tail.
[[nodiscard]] double normal_upper_tail(double z);

/// The z with P(Z <= z) = q, by bisection of normal_upper_tail to the last bit; within 38 of zero.
/// REQUIRES: 0 < q < 1.
[[nodiscard]] double normal_quantile(double q);

}  // namespace dosimeter::sim
