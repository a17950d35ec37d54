#pragma once

#include <dosimeter/time_point.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// Numbers equal rows from 0, in the order in which they come. A row is known by a hash of 64 bits:
/// two that are different share their numbers once in 2^64 pairs.
///
/// Bounded: it holds the rows it met last, in two generations of half the memory each. When one is
/// full the one before is forgotten, so that some 24,000 to 49,000 different rows a MiB are told
/// apart for certain, and equal rows that are near each other, as those of logs in order are,
/// always. A row that may be equal to one that is forgotten begins again at 0 and is noted. Not
/// thread-safe.
class OccurrenceCounter {
 public:
  /// REQUIRES: bytes >= 64 KiB.
  explicit OccurrenceCounter(std::size_t bytes);

  /// How many rows with this hash came before, of those that are remembered.
  [[nodiscard]] std::uint64_t next(std::uint64_t hash, TimePoint time);

  /// Whether a row came that may have been equal to a forgotten one.
  [[nodiscard]] bool may_have_repeated() const noexcept { return may_have_repeated_; }

 private:
  struct Place {
    std::uint64_t hash = 0;
    /// 0: free.
    std::uint64_t rows = 0;
  };
  /// An open-addressing hash table with linear probing, three quarters full at most.
  struct Generation {
    std::vector<Place> places;
    std::size_t used = 0;
    /// Of its rows.
    TimePoint latest = TimePoint::min();
  };

  [[nodiscard]] static Place& place(Generation& generation, std::uint64_t hash) noexcept;
  void make_room();

  /// A power of two.
  std::size_t most_places_;
  Generation young_;
  Generation old_;
  /// Of rows that are forgotten.
  TimePoint latest_forgotten_ = TimePoint::min();
  bool has_forgotten_ = false;
  bool may_have_repeated_ = false;
};

}  // namespace dosimeter::sim
