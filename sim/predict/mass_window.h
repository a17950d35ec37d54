#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dosimeter::sim {

/// Integers from `first` to `last`, both included.
struct MassWindow {
  std::int64_t first;
  std::int64_t last;

  [[nodiscard]] std::size_t size() const noexcept {
    return static_cast<std::size_t>(last - first) + 1;
  }
};

/// Probability that a window may leave out on either side: below the rounding of the sums made from
/// it.
inline constexpr double kTailMass = 1e-17;

/// A window that leaves out at most kTailMass on either side of a sum of independent zero-or-one
/// draws (some perhaps subtracted) with this mean and variance: Bernstein's inequality P(S - mean
/// >= t) <= exp(-t^2 / (2 variance + 2t/3)), solved for t. About nine deviations to either side,
/// within `support`.
[[nodiscard]] inline MassWindow mass_window(double mean, double variance, MassWindow support) {
  const double third = -std::log(kTailMass) / 3;
  const double reach = third + std::sqrt(third * third + 6 * third * variance);
  const double low = std::floor(mean - reach);
  const double high = std::ceil(mean + reach);
  MassWindow window = support;
  if (low > static_cast<double>(support.first)) window.first = static_cast<std::int64_t>(low);
  if (high < static_cast<double>(support.last)) window.last = static_cast<std::int64_t>(high);
  return window;
}

}  // namespace dosimeter::sim
