#include "sim/predict/normal.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace dosimeter::sim {

double normal_density(double z) {
  return std::exp(-z * z / 2) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

double normal_upper_tail(double z) {
  return std::erfc(z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double q) {
  assert(q > 0 && q < 1);
  // From the nearer end, so that a tiny share keeps its digits.
  const double tail = std::min(q, 1 - q);
  double low = 0;
  double high = 38;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) return q < 0.5 ? -low : low;
    (normal_upper_tail(middle) >= tail ? low : high) = middle;
  }
}

}  // namespace dosimeter::sim
