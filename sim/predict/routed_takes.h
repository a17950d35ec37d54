#pragma once

#include "sim/replay/load_histogram.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// So many instances that hold a reservoir of the same size each.
struct ReservoirGroup {
  /// Requests a second.
  std::uint64_t size = 0;
  std::uint64_t instances = 0;

  friend bool operator==(const ReservoirGroup&, const ReservoirGroup&) = default;
};

/// How many requests reservoirs take: the mean and the variance over what is not known, the routing
/// of requests to instances.
struct TakesMoments {
  double taken = 0;
  double variance = 0;
};

/// What the calendar-second reservoirs of several instances take where each request goes to any of
/// them alike, whatever the others did. Of n requests in a second the instances then have
/// multinomial counts N_i, each Binomial(n, 1/N), and take the sum of min(N_i, q_i).
///
/// Mean and variance, covariances included, are sums over the binomial distribution, so exact to
/// rounding, up to a deviation of kLargestSummedDeviation requests an instance; past it the counts
/// are taken for normal. A load costs at most some milliseconds, once: answers are kept. Not
/// thread-safe.
class RoutedTakes {
 public:
  /// A load of four million requests a second in each instance.
  static constexpr double kLargestSummedDeviation = 2000;

  /// REQUIRES: at least one instance in all; the groups' sizes differ by at most 1.
  explicit RoutedTakes(std::vector<ReservoirGroup> groups);

  /// Of `load` requests in one second. REQUIRES: load <= 2^53.
  [[nodiscard]] TakesMoments of_second(std::uint64_t load);

  /// Of all seconds; they are independent of each other.
  [[nodiscard]] TakesMoments of_log(std::span<const LoadEntry> entries);

 private:
  [[nodiscard]] TakesMoments compute(std::uint64_t load) const;

  std::vector<ReservoirGroup> groups_;
  std::uint64_t instances_ = 0;
  std::unordered_map<std::uint64_t, TakesMoments> known_;
};

}  // namespace dosimeter::sim
