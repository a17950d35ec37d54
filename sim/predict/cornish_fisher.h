#pragma once

namespace dosimeter::sim {

/// The first four moments, as mean, variance, skewness (third cumulant over deviation^3) and excess
/// kurtosis (fourth over deviation^4).
struct Moments {
  double mean;
  double variance;
  double skewness;
  double excess_kurtosis;
};

/// The value with a share `q` of a nearly normal distribution below it: Cornish and Fisher (1938),
/// to the order of skewness^2 and kurtosis. For a sum of binomials with a deviation s it is off by
/// about 1/s^2. REQUIRES: 0 < q < 1, variance > 0.
[[nodiscard]] double cornish_fisher_quantile(const Moments& moments, double q);

/// E[max(0, X - threshold)] of a nearly normal X: the partial expectation of the normal
/// distribution with the Edgeworth terms of the same order. Never below max(0, mean - threshold),
/// which bounds it for any distribution (Jensen). REQUIRES: variance > 0.
[[nodiscard]] double edgeworth_expected_above(const Moments& moments, double threshold);

}  // namespace dosimeter::sim
