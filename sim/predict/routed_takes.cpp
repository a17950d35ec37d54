#include "sim/predict/routed_takes.h"

#include "sim/predict/binomial.h"
#include "sim/predict/normal.h"
#include "sim/predict/truncated_pmf.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace dosimeter::sim {
namespace {

/// What a reservoir of q makes of x requests, as the part that is small: what overflows it, max(0,
/// x - q), where the load's mean is below its size, else what it has left over, max(0, q - x). The
/// takes are x less the overflow, or q less the rest. A rare overflow, or a rare rest, so keeps its
/// digits, and so does its variance.
enum class Small : unsigned char { overflow, rest };

double small_part(double requests, double size, Small small) {
  return std::max(0.0, small == Small::overflow ? requests - size : size - requests);
}

/// A binomial count of one instance, as probabilities.
struct InstanceLoad {
  std::uint64_t load;
  double share;
  TruncatedPmf pmf;

  InstanceLoad(std::uint64_t load_, double share_)
      : load(load_), share(share_), pmf(distribution(load_, share_)) {}

  [[nodiscard]] std::uint64_t first() const { return pmf.first; }
  [[nodiscard]] std::uint64_t last() const { return pmf.first + pmf.mass.size() - 1; }

  /// P(X >= size), or P(X < size): the chance that one request more changes the small part.
  [[nodiscard]] double chance(std::uint64_t size, Small small) const {
    double sum = 0;
    if (small == Small::overflow) {
      for (std::size_t i = pmf.mass.size(); i-- > 0 && first() + i >= size;) sum += pmf.mass[i];
    } else {
      for (std::size_t i = 0; i < pmf.mass.size() && first() + i < size; ++i) sum += pmf.mass[i];
    }
    return sum;
  }

 private:
  static TruncatedPmf distribution(std::uint64_t load, double share) {
    if (load == 0) return {0, {1.0}};
    if (share >= 1) return {load, {1.0}};
    const BinomialTrials trials{load, share};
    return pmf_of_sum({&trials, 1});
  }
};

/// P(Binomial(trials, share) = successes) for trials one after the other.
class SteppedPmf {
 public:
  SteppedPmf(std::uint64_t successes, double share) : successes_(successes), share_(share) {}

  /// REQUIRES: the trials of the last call plus or minus one.
  double at(std::uint64_t trials) {
    // Where a step would start from nothing, or from what has lost its digits.
    constexpr double kLeast = 1e-280;
    if (value_ < kLeast || share_ >= 1 || trials <= successes_) {
      value_ = binomial_pmf(successes_, trials, share_);
    } else {
      const double more = static_cast<double>(std::max(trials, trials_));
      const double step = more / (more - static_cast<double>(successes_)) * (1 - share_);
      value_ = trials > trials_ ? value_ * step : value_ / step;
    }
    trials_ = trials;
    return value_;
  }

 private:
  std::uint64_t successes_;
  double share_;
  std::uint64_t trials_ = 0;
  double value_ = 0;
};

/// How the expected small part of another instance changes with what is left for it: of n requests
/// x went elsewhere, and of the others each comes with chance `share`. For m = n - x from the least
/// to the most, E[small part | m] less a constant. One request more changes the expectation by
/// share * chance(m), and the chance by share * P(exactly size - 1 of m): sums of one sign, so that
/// nothing cancels.
std::vector<double> conditional_part(std::uint64_t least, std::uint64_t most, double share,
                                     std::uint64_t size, Small small) {
  std::vector<double> part(static_cast<std::size_t>(most - least) + 1, 0.0);
  if (small == Small::rest && size == 0) return part;
  SteppedPmf edge(size == 0 ? 0 : size - 1, share);
  if (small == Small::overflow) {
    double chance = InstanceLoad(least, share).chance(size, small);
    for (std::size_t i = 1; i < part.size(); ++i) {
      part[i] = part[i - 1] + share * chance;
      if (size > 0) chance = std::min(1.0, chance + share * edge.at(least + i - 1));
    }
  } else {
    double chance = InstanceLoad(most, share).chance(size, small);
    for (std::size_t i = part.size() - 1; i-- > 0;) {
      chance = std::min(1.0, chance + share * edge.at(least + i));
      part[i] = part[i + 1] + share * chance;
    }
  }
  return part;
}

struct PartMoments {
  double mean = 0;
  double variance = 0;
};

PartMoments part_moments(const InstanceLoad& one, std::uint64_t size, Small small) {
  PartMoments moments;
  const auto part = [&](std::size_t i) {
    return small_part(static_cast<double>(one.first() + i), static_cast<double>(size), small);
  };
  for (std::size_t i = 0; i < one.pmf.mass.size(); ++i) moments.mean += one.pmf.mass[i] * part(i);
  for (std::size_t i = 0; i < one.pmf.mass.size(); ++i) {
    const double distance = part(i) - moments.mean;
    moments.variance += one.pmf.mass[i] * distance * distance;
  }
  return moments;
}

/// Cov(small part of an instance with `size`, of another with `other_size`). By what the first one
/// has: the other then has a binomial share of the rest.
double covariance(const InstanceLoad& one, double share_of_others, std::uint64_t size, double mean,
                  std::uint64_t other_size, Small small) {
  const std::uint64_t least = one.load - one.last();
  const std::uint64_t most = one.load - one.first();
  const std::vector<double> other =
      conditional_part(least, most, share_of_others, other_size, small);
  double other_mean = 0;
  const auto other_at = [&](std::size_t i) { return other[other.size() - 1 - i]; };
  for (std::size_t i = 0; i < one.pmf.mass.size(); ++i) {
    other_mean += one.pmf.mass[i] * other_at(i);
  }
  double sum = 0;
  for (std::size_t i = 0; i < one.pmf.mass.size(); ++i) {
    const double part =
        small_part(static_cast<double>(one.first() + i), static_cast<double>(size), small);
    sum += one.pmf.mass[i] * (part - mean) * (other_at(i) - other_mean);
  }
  return sum;
}

/// The coefficients of max(0, Z - z) in normalized Hermite polynomials of a standard normal Z, from
/// the first one: Q(z), then phi(z) He_(k-2)(z) / sqrt(k!).
std::vector<double> ramp_coefficients(double z) {
  constexpr std::size_t kTerms = 200;
  // Past it the density is 0, and the polynomials are not numbers.
  constexpr double kFarthest = 38;
  if (z > kFarthest) return std::vector<double>(kTerms, 0.0);
  std::vector<double> coefficients = {normal_upper_tail(z)};
  // h is He_m / sqrt(m!), which no m makes large, with m = k - 2.
  double before = 0;
  double h = 1;
  for (std::size_t k = 2; k <= kTerms; ++k) {
    const double order = static_cast<double>(k);
    coefficients.push_back(normal_density(z) * h / std::sqrt(order * (order - 1)));
    const double m = order - 2;
    const double next = (z * h - std::sqrt(m) * before) / std::sqrt(m + 1);
    before = h;
    h = next;
  }
  return coefficients;
}

/// Sums over groups of instances whose counts are equally distributed.
template <typename Moments, typename Covariance>
PartMoments sum_over(const std::vector<ReservoirGroup>& groups, Moments&& moments,
                     Covariance&& covariance_of) {
  PartMoments sum;
  for (const ReservoirGroup& group : groups) {
    const double count = static_cast<double>(group.instances);
    const PartMoments one = moments(group);
    sum.mean += count * one.mean;
    sum.variance += count * one.variance;
    for (const ReservoirGroup& other : groups) {
      const double others = static_cast<double>(other.instances) - (&other == &group ? 1.0 : 0.0);
      if (others > 0) sum.variance += count * others * covariance_of(group, one.mean, other);
    }
  }
  return sum;
}

/// Past kLargestSummedDeviation: multinomial counts as normal ones with a correlation of -1/(N-1),
/// their covariances by Mehler's expansion.
PartMoments normal_parts(const std::vector<ReservoirGroup>& groups, double mean, double deviation,
                         double correlation, Small small) {
  const auto edge = [&](const ReservoirGroup& group) {
    const double z = (static_cast<double>(group.size) - mean) / deviation;
    return small == Small::overflow ? z : -z;
  };
  return sum_over(
      groups,
      [&](const ReservoirGroup& group) {
        const double z = edge(group);
        const double tail = normal_upper_tail(z);
        const double first = std::max(0.0, normal_density(z) - z * tail);
        const double second = (1 + z * z) * tail - z * normal_density(z);
        return PartMoments{deviation * first,
                           deviation * deviation * std::max(0.0, second - first * first)};
      },
      [&](const ReservoirGroup& group, double, const ReservoirGroup& other) {
        const std::vector<double> a = ramp_coefficients(edge(group));
        const std::vector<double> b = ramp_coefficients(edge(other));
        double power = 1;
        double sum = 0;
        for (std::size_t k = 0; k < a.size(); ++k) {
          power *= correlation;
          sum += power * a[k] * b[k];
        }
        return deviation * deviation * sum;
      });
}

PartMoments summed_parts(const std::vector<ReservoirGroup>& groups, std::uint64_t load,
                         std::uint64_t instances, Small small) {
  const InstanceLoad one(load, 1 / static_cast<double>(instances));
  const double share_of_others = 1 / static_cast<double>(instances - 1);
  return sum_over(
      groups, [&](const ReservoirGroup& group) { return part_moments(one, group.size, small); },
      [&](const ReservoirGroup& group, double mean, const ReservoirGroup& other) {
        return covariance(one, share_of_others, group.size, mean, other.size, small);
      });
}

/// To twelve digits, which is what the sums are good for: their last ones differ with the library
/// of logarithms, and a report must not.
double rounded(double figure) {
  constexpr int kBits = 40;
  int exponent = 0;
  const double fraction = std::frexp(figure, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(fraction, kBits)), exponent - kBits);
}

}  // namespace

RoutedTakes::RoutedTakes(std::vector<ReservoirGroup> groups) : groups_(std::move(groups)) {
  std::erase_if(groups_, [](const ReservoirGroup& group) { return group.instances == 0; });
  for (const ReservoirGroup& group : groups_) instances_ += group.instances;
  assert(instances_ > 0);
}

TakesMoments RoutedTakes::of_second(std::uint64_t load) {
  const auto known = known_.find(load);
  if (known != known_.end()) return known->second;
  const TakesMoments moments = compute(load);
  known_.emplace(load, moments);
  return moments;
}

TakesMoments RoutedTakes::compute(std::uint64_t load) const {
  const double n = static_cast<double>(load);
  std::uint64_t least_size = groups_.front().size;
  std::uint64_t most_size = least_size;
  double capacity = 0;
  for (const ReservoirGroup& group : groups_) {
    least_size = std::min(least_size, group.size);
    most_size = std::max(most_size, group.size);
    capacity += static_cast<double>(group.size) * static_cast<double>(group.instances);
  }
  if (load <= least_size) return {n, 0};
  if (most_size == 0) return {0, 0};
  if (instances_ == 1) return {static_cast<double>(std::min(load, most_size)), 0};

  const double share = 1 / static_cast<double>(instances_);
  const double mean = n * share;
  const Small small = mean < static_cast<double>(most_size) ? Small::overflow : Small::rest;
  const double deviation = std::sqrt(mean * (1 - share));
  const PartMoments parts =
      deviation <= kLargestSummedDeviation
          ? summed_parts(groups_, load, instances_, small)
          : normal_parts(groups_, mean, deviation, -1 / static_cast<double>(instances_ - 1), small);
  const double whole = small == Small::overflow ? n : capacity;
  return {std::clamp(whole - rounded(parts.mean), 0.0, std::min(n, capacity)),
          rounded(std::max(0.0, parts.variance))};
}

TakesMoments RoutedTakes::of_log(std::span<const LoadEntry> entries) {
  TakesMoments sum;
  for (const LoadEntry& entry : entries) {
    const TakesMoments second = of_second(entry.load);
    sum.taken += static_cast<double>(entry.seconds) * second.taken;
    sum.variance += static_cast<double>(entry.seconds) * second.variance;
  }
  return sum;
}

}  // namespace dosimeter::sim
