#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "sim/replay/load_histogram.h"
#include "sim/replay/tally_cell.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
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

/// How loaded the seconds of one rule were.
struct RuleLoads {
  /// Of each instance alone, by InstanceIndex, up to the last that the rule met.
  std::vector<LoadHistogram> instances;
  /// Of all instances together.
  LoadHistogram all;
};

/// How many requests each rule, in each instance, had in each calendar second: what a reservoir
/// needs to know that refills then, and nothing else. Counts add up, so rows may come in any order.
/// Seconds stay open, that is, may still grow, as long as they fit into the memory given; past it
/// the oldest half of them is folded into the load histograms, and a request of a second before
/// those that are left is late. A second far in the future closes no earlier one; it only takes its
/// place in memory. The histograms grow with the hours and the different loads of the log, 24 bytes
/// for each pair.
///
/// Requests come in blocks, and seconds are folded between blocks alone: which of them are late
/// depends on where blocks end, never on who read them. Not thread-safe.
class Tally {
 public:
  /// 16 MiB: the busy seconds of 26 rules for three and a half hours, or of one rule for four days.
  /// The table grows up to two thirds of what it is given; the rest is for rebuilding it.
  static constexpr std::size_t kDefaultOpenBytes = std::size_t{16} << 20;
  static constexpr std::size_t kMinimumOpenBytes = std::size_t{64} << 10;

  /// Told of seconds that are closed: their cells, each rule, instance and second once, and the
  /// second before which all are closed now.
  using OnClose = std::function<void(std::span<const TallyCell> cells, std::int64_t before)>;

  /// REQUIRES: open_bytes >= kMinimumOpenBytes.
  explicit Tally(std::size_t rules, std::size_t open_bytes = kDefaultOpenBytes,
                 OnClose on_close = {});

  /// A request of a second before this is late.
  [[nodiscard]] std::int64_t first_open_second() const noexcept { return first_open_second_; }

  /// Counts a block's requests; cells without a request count nothing. REQUIRES: none is late.
  void add(std::span<const TallyCell> cells);

  /// Counts `count` requests of `rule` at `time`, a block of their own. False if they are late, and
  /// nothing was counted.
  [[nodiscard]] bool add(RuleIndex rule, InstanceIndex instance, TimePoint time,
                         std::uint64_t count);

  /// Folds the older half of what is open; nothing where nothing is.
  void fold_oldest_half();

  /// Folds what is still open and gives each rule's loads, by RuleIndex.
  [[nodiscard]] std::vector<RuleLoads> finish() &&;

 private:
  struct FoldedRule {
    std::vector<LoadHistogramBuilder> instances;
    /// Of all instances together, once there is another than the first.
    LoadHistogramBuilder all;
  };

  [[nodiscard]] std::size_t first_place(const TallyCell& cell) const noexcept;
  void ask_for(const TallyCell& cell) const noexcept;
  [[nodiscard]] TallyCell& place(const TallyCell& cell) noexcept;
  void make_places(std::size_t cells);
  void fold(std::vector<TallyCell> cells);
  void fold_first_instance(std::span<const TallyCell> cells);
  static void fold_second(FoldedRule& rule, std::span<const TallyCell> cells);
  void rebuild(std::size_t places);

  std::size_t most_places_;
  /// An open-addressing hash table with linear probing, its free places without a count: never more
  /// than three quarters full, and seven eighths while a block is counted.
  std::vector<TallyCell> cells_;
  std::size_t used_ = 0;
  /// Seconds before this are folded.
  std::int64_t first_open_second_;
  std::vector<FoldedRule> folded_;
  OnClose on_close_;
};

}  // namespace dosimeter::sim
