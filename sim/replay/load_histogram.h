#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// `seconds` calendar seconds of one instance held exactly `load` requests each.
struct LoadEntry {
  /// Since 1970-01-01T00:00Z: floor of the seconds / 3600.
  std::int64_t hour = 0;
  /// Requests in the second, at least 1.
  std::uint64_t load = 0;
  std::uint64_t seconds = 0;

  friend auto operator<=>(const LoadEntry&, const LoadEntry&) = default;
};

/// How loaded the seconds of one rule were, hour by hour. What a calendar-second reservoir of any
/// size R takes and refuses follows from it: taken = sum of seconds * min(load, R), refused = sum
/// of seconds * (load - min(load, R)). At most one entry for an hour and load, 24 bytes each, in
/// the order of hour, then load. Copies are deep; reading is thread-safe.
class LoadHistogram {
 public:
  LoadHistogram() = default;
  /// Entries in any order; those of one hour and load are added up, those without a request or a
  /// second drop out.
  explicit LoadHistogram(std::vector<LoadEntry> entries);
  LoadHistogram(std::initializer_list<LoadEntry> entries);

  /// Valid until the histogram is changed, moved from or destroyed.
  [[nodiscard]] std::span<const LoadEntry> entries() const& noexcept { return entries_; }
  std::span<const LoadEntry> entries() const&& = delete;

  [[nodiscard]] auto begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] auto end() const noexcept { return entries_.end(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// Sum of seconds * load. REQUIRES: below 2^64.
  [[nodiscard]] std::uint64_t requests() const noexcept;

  /// Adds the seconds of another. Linear in both.
  void merge(const LoadHistogram& other);

  friend bool operator==(const LoadHistogram&, const LoadHistogram&) = default;

 private:
  std::vector<LoadEntry> entries_;
};

/// Collects a histogram second by second, in any order. Holds at most three times its entries, and
/// eight. Not thread-safe.
class LoadHistogramBuilder {
 public:
  /// Amortised constant. A load or number of seconds of 0 adds nothing.
  void add(std::int64_t hour, std::uint64_t load, std::uint64_t seconds = 1);

  /// Leaves nothing behind.
  [[nodiscard]] LoadHistogram build() &&;

 private:
  [[nodiscard]] LoadEntry& place(std::int64_t hour, std::uint64_t load) noexcept;
  void grow();

  /// An open-addressing hash table with linear probing, its free places without seconds: a power of
  /// two of places, three quarters full at most; none before the first entry.
  std::vector<LoadEntry> places_;
  std::size_t used_ = 0;
};

}  // namespace dosimeter::sim
