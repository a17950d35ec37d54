#include "sim/predict/cornish_fisher.h"

#include "sim/predict/normal.h"

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {

double cornish_fisher_quantile(const Moments& moments, double q) {
  const double z = normal_quantile(q);
  const double skewness = moments.skewness;
  const double corrected = z + (z * z - 1) * skewness / 6 +
                           (z * z - 3) * z * moments.excess_kurtosis / 24 -
                           (2 * z * z - 5) * z * skewness * skewness / 36;
  return moments.mean + std::sqrt(moments.variance) * corrected;
}

double edgeworth_expected_above(const Moments& moments, double threshold) {
  const double deviation = std::sqrt(moments.variance);
  const double d = (threshold - moments.mean) / deviation;
  // Above the threshold what lies above; below it, by symmetry, the mean's surplus and what lies
  // below.
  const double certain = std::max(0.0, moments.mean - threshold);
  const double distance = std::abs(d);
  const double normal_part = normal_density(d) - distance * normal_upper_tail(distance);
  // The density is normal_density(z) * (1 + skewness/6 He3 + kurtosis/24 He4 + skewness^2/72 He6),
  // and the integral of (z - d) He_n(z) normal_density(z) from d on is He_(n-2)(d)
  // normal_density(d).
  const double square = d * d;
  const double correction =
      d * moments.skewness / 6 + (square - 1) * moments.excess_kurtosis / 24 +
      (square * square - 6 * square + 3) * moments.skewness * moments.skewness / 72;
  return certain + deviation * std::max(0.0, normal_part + normal_density(d) * correction);
}

}  // namespace dosimeter::sim
