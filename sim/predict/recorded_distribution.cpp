#include "sim/predict/recorded_distribution.h"

#include <Eigen/Core>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace dosimeter::sim {

namespace {

/// How far, relatively, a sum of probabilities may fall short of a share by rounding and still
/// count as reaching it.
constexpr double kTie = 1e-12;

std::vector<BinomialTrials> merged(std::vector<BinomialTrials> parts) {
  std::erase_if(parts, [](const BinomialTrials& part) {
    return part.count == 0 || part.probability == 0 || part.probability == 1;
  });
  std::sort(parts.begin(), parts.end(), [](const BinomialTrials& a, const BinomialTrials& b) {
    return a.probability < b.probability;
  });
  std::vector<BinomialTrials> result;
  for (const BinomialTrials& part : parts) {
    if (!result.empty() && result.back().probability == part.probability) {
      result.back().count += part.count;
    } else {
      result.push_back(part);
    }
  }
  return result;
}

/// Cumulants of independent sums add. Those of one draw: p q, p q (1 - 2 p), p q (1 - 6 p q).
Moments moments_of(const std::vector<BinomialTrials>& parts) {
  double mean = 0;
  double variance = 0;
  double third = 0;
  double fourth = 0;
  for (const BinomialTrials& part : parts) {
    const double count = static_cast<double>(part.count);
    const double p = part.probability;
    const double spread = count * p * (1 - p);
    mean += count * p;
    variance += spread;
    third += spread * (1 - 2 * p);
    fourth += spread * (1 - 6 * p * (1 - p));
  }
  if (variance == 0) return {mean, 0, 0, 0};
  return {mean, variance, third / (variance * std::sqrt(variance)), fourth / (variance * variance)};
}

}  // namespace

RecordedDistribution::RecordedDistribution(std::uint64_t fixed, std::vector<BinomialTrials> parts)
    : fixed_(fixed) {
  for (const BinomialTrials& part : parts) {
    assert(part.probability >= 0 && part.probability <= 1);
    if (part.probability == 1) fixed_ += part.count;
  }
  parts = merged(std::move(parts));
  for (const BinomialTrials& part : parts) trials_ += part.count;
  moments_ = moments_of(parts);
  exact_ = moments_.variance <= kLargestExactDeviation * kLargestExactDeviation;
  if (exact_) drawn_ = pmf_of_sum(parts);
}

RecordedDistribution RecordedDistribution::normal(double mean, double variance,
                                                  std::uint64_t most) {
  assert(mean >= 0 && variance >= 0);
  RecordedDistribution distribution;
  distribution.trials_ = most;
  distribution.moments_ = {mean, variance, 0, 0};
  return distribution;
}

double RecordedDistribution::expected() const noexcept {
  return static_cast<double>(fixed_) + moments_.mean;
}

double RecordedDistribution::standard_deviation() const noexcept {
  return std::sqrt(moments_.variance);
}

std::uint64_t RecordedDistribution::quantile(double q) const {
  assert(q >= 0 && q <= 1);
  if (q <= 0) return fixed_;
  if (q >= 1) return fixed_ + trials_;
  if (exact_) return fixed_ + exact_quantile(q);
  // P(X <= x) of whole numbers is the smooth distribution's at x + 1/2.
  const double least = std::ceil(cornish_fisher_quantile(moments_, q) - 0.5);
  if (least <= 0) return fixed_;
  if (least >= static_cast<double>(trials_)) return fixed_ + trials_;
  return fixed_ + static_cast<std::uint64_t>(least);
}

std::uint64_t RecordedDistribution::exact_quantile(double q) const {
  const std::vector<double>& mass = drawn_.mass;
  std::size_t index = 0;
  double sum = 0;
  if (q < 0.5) {
    const double least = q * (1 - kTie);
    while (index + 1 < mass.size() && (sum += mass[index]) < least) ++index;
  } else {
    // From the upper end: the least x with P(X > x) <= 1 - q. The sum keeps the tail's digits.
    const double most = (1 - q) * (1 + kTie);
    index = mass.size() - 1;
    while (index > 0 && (sum += mass[index]) <= most) --index;
  }
  return drawn_.first + index;
}

CountInterval RecordedDistribution::interval(double confidence) const {
  assert(confidence > 0 && confidence < 1);
  const double tail = (1 - confidence) / 2;
  return {quantile(tail), quantile(1 - tail)};
}

double RecordedDistribution::expected_above(double threshold) const {
  const double drawn_threshold = threshold - static_cast<double>(fixed_);
  if (drawn_threshold <= 0) return moments_.mean - drawn_threshold;
  if (moments_.variance == 0) return std::max(0.0, moments_.mean - drawn_threshold);
  if (!exact_) return edgeworth_expected_above(moments_, drawn_threshold);

  const Eigen::Map<const Eigen::ArrayXd> mass(drawn_.mass.data(),
                                              static_cast<Eigen::Index>(drawn_.mass.size()));
  const double first = static_cast<double>(drawn_.first) - drawn_threshold;
  const Eigen::ArrayXd excess =
      first + Eigen::ArrayXd::LinSpaced(mass.size(), 0, static_cast<double>(mass.size() - 1));
  // Above the mean the sum of what exceeds; below it the mean's surplus and what falls short, so
  // that the small part is the one that is summed.
  if (drawn_threshold >= moments_.mean) return (excess.max(0.0) * mass).sum();
  return (moments_.mean - drawn_threshold) - (excess.min(0.0) * mass).sum();
}

}  // namespace dosimeter::sim
