#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "sim/replay/load_histogram.h"
#include "sim/replay/tally_cell.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// More instances than these are not told apart.
inline constexpr std::uint64_t kMostInstances = 10'000;
/// Nor is there room for more reservoirs than these, one for each rule and instance: 400 rules on
/// the most instances, some 150 MB.
inline constexpr std::uint64_t kMostReservoirs = 4'000'000;

/// How many instances that leaves to so many rules.
[[nodiscard]] constexpr std::uint64_t most_instances(std::uint64_t rules) noexcept {
  const std::uint64_t room = kMostReservoirs / (rules == 0 ? 1 : rules);
  return room == 0 ? 1 : room < kMostInstances ? room : kMostInstances;
}

/// How many requests each rule, in each instance, had in each calendar second: what a reservoir
/// needs to know that refills then, and nothing else. Counts add up, so rows may come in any order.
/// Seconds stay open, that is, may still grow, as long as they fit into the memory given; past it
/// the oldest half of them is folded into the load histograms, and a request of a second before
/// those that are left is late. A second far in the future closes no earlier one; it only takes its
/// place in memory. The histograms grow with the hours and the different loads of the log, 24 bytes
/// for each pair.
///
/// How loaded the seconds of one rule were.
struct RuleLoads {
  /// Of each instance alone, by InstanceIndex, up to the last that the rule met.
  std::vector<LoadHistogram> instances;
  /// Of all instances together.
  LoadHistogram all;
};

/// Not thread-safe.
class Tally {
 public:
  /// 16 MiB: the busy seconds of 26 rules for three and a half hours, or of one rule for four days.
  /// The table grows up to two thirds of what it is given; the rest is for rebuilding it.
  static constexpr std::size_t kDefaultOpenBytes = std::size_t{16} << 20;
  static constexpr std::size_t kMinimumOpenBytes = std::size_t{64} << 10;

  /// REQUIRES: open_bytes >= kMinimumOpenBytes.
  explicit Tally(std::size_t rules, std::size_t open_bytes = kDefaultOpenBytes);

  /// Counts `count` requests of `rule` at `time`. False if they are late: their second is folded,
  /// and nothing was counted.
  [[nodiscard]] bool add(RuleIndex rule, InstanceIndex instance, TimePoint time,
                         std::uint64_t count);

  /// Folds what is still open and gives each rule's loads, by RuleIndex.
  [[nodiscard]] std::vector<RuleLoads> finish() &&;

 private:
  struct Cell {
    std::int64_t second = 0;
    RuleIndex rule = 0;
    InstanceIndex instance = 0;
    std::uint64_t count = 0;  // 0: the place is free
  };

  [[nodiscard]] Cell& place(RuleIndex rule, InstanceIndex instance, std::int64_t second) noexcept;
  void make_room();
  void fold_before(std::int64_t second);
  void fold(std::vector<Cell> cells);
  void rebuild(const std::vector<Cell>& open, std::size_t places);

  std::size_t most_places_;
  /// An open-addressing hash table with linear probing, never more than three quarters full.
  std::vector<Cell> cells_;
  std::size_t used_ = 0;
  /// Seconds before this are folded.
  std::int64_t first_open_second_;
  struct FoldedRule {
    std::vector<LoadHistogramBuilder> instances;
    LoadHistogramBuilder all;
  };
  std::vector<FoldedRule> folded_;
};

}  // namespace dosimeter::sim
