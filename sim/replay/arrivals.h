#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "sim/replay/tally.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// Requests that were put to one rule in one instance at one time.
struct Arrival {
  TimePoint time;
  RuleIndex rule = 0;
  InstanceIndex instance = 0;
  std::uint32_t count = 0;
  /// False where upstream had decided and the rules were asked all the same: the reservoir is used,
  /// and nothing recorded for it.
  bool decides = true;
};

/// The requests of a log, one after the other: what a reservoir needs that does not refill by the
/// calendar second. 24 bytes for each row; rows of one time that follow each other, and are alike,
/// are one. Not thread-safe.
class Arrivals {
 public:
  /// More requests than these are not replayed one by one: some seconds' work, and 2.4 GB at most.
  static constexpr std::uint64_t kMostRequests = 100'000'000;

  /// False, and nothing is kept, where they would be more than kMostRequests.
  [[nodiscard]] bool add(TimePoint time, RuleIndex rule, InstanceIndex instance,
                         std::uint64_t count, bool decides);

  /// In the order of time; those of one time stay as they came.
  void sort();

  /// Valid until the next call that changes anything.
  [[nodiscard]] std::span<const Arrival> entries() const noexcept { return entries_; }
  [[nodiscard]] std::uint64_t requests() const noexcept { return requests_; }
  /// Of these, those that do not decide.
  [[nodiscard]] std::uint64_t decided_upstream() const noexcept { return decided_upstream_; }

 private:
  std::vector<Arrival> entries_;
  std::uint64_t requests_ = 0;
  std::uint64_t decided_upstream_ = 0;
};

/// Where in its second a request came whose stamp says no more than the second. Windows that are
/// not the calendar second depend on it.
enum class StampPlacement : unsigned char {
  /// As the log has it: of whole seconds, all at the second's start.
  start,
  /// All at its last nanosecond.
  end,
  /// The i-th of n, from 0 and in the order of the file, at (i + 1/2) / n.
  even,
  /// At the end in even seconds since 1970, at the start in odd ones: the most that two seconds can
  /// have to do with each other, and the least.
  alternating,
};
inline constexpr StampPlacement kStampPlacements[] = {
    StampPlacement::start, StampPlacement::end, StampPlacement::even, StampPlacement::alternating};

/// Calls `put(arrival, time)` for every single request, in the order of time. REQUIRES: sorted.
template <typename Put>
void for_each_request(std::span<const Arrival> arrivals, StampPlacement placement, Put&& put) {
  for (std::size_t begin = 0; begin < arrivals.size();) {
    const auto second = calendar_second(arrivals[begin].time);
    std::size_t end = begin;
    std::uint64_t requests = 0;
    for (; end < arrivals.size() && calendar_second(arrivals[end].time) == second; ++end) {
      requests += arrivals[end].count;
    }
    constexpr std::int64_t kSecond = 1'000'000'000;
    const bool at_end =
        placement == StampPlacement::end ||
        (placement == StampPlacement::alternating && second.time_since_epoch().count() % 2 == 0);
    std::uint64_t number = 0;
    for (; begin < end; ++begin) {
      const Arrival& arrival = arrivals[begin];
      for (std::uint32_t i = 0; i < arrival.count; ++i, ++number) {
        TimePoint time = arrival.time;
        if (at_end) {
          time += std::chrono::nanoseconds(kSecond - 1);
        } else if (placement == StampPlacement::even) {
          // Below 2^27 requests the product fits.
          const std::uint64_t part =
              (2 * number + 1) * static_cast<std::uint64_t>(kSecond) / (2 * requests);
          time += std::chrono::nanoseconds(static_cast<std::int64_t>(part));
        }
        put(arrival, time);
      }
    }
  }
}

}  // namespace dosimeter::sim
