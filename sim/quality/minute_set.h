#pragma once

#include <dosimeter/time_point.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace dosimeter::sim {

/// Minutes in a row without a request.
struct Gap {
  /// The first instant without one, at a whole minute, and the first minute that has one again.
  TimePoint from;
  TimePoint to;

  friend bool operator==(const Gap&, const Gap&) = default;
};

/// How the minutes from the first request to the last were filled.
struct MinuteCoverage {
  std::uint64_t minutes = 0;
  std::uint64_t empty_minutes = 0;
  /// The longest gaps, the longest first; of equal ones the earliest.
  std::vector<Gap> longest_gaps;
};

/// Which calendar minutes, UTC, had a request. In bounded memory. Not thread-safe.
class MinuteSet {
 public:
  /// Eleven years of hours with a request in each.
  static constexpr std::size_t kMostHours = 100'000;
  static constexpr std::size_t kShownGaps = 3;

  void add(TimePoint time);
  /// A second since 1970-01-01T00:00:00Z.
  void add_second(std::int64_t second) {
    // Wraps where the second is in front of the minute.
    const auto since = static_cast<std::uint64_t>(second) - static_cast<std::uint64_t>(last_begin_);
    if (!has_last_ || since >= kSecondsOfAMinute) add_other_second(second);
  }
  void add(const MinuteSet& other);
  void clear() noexcept;

  /// Nothing where there is no minute, or where there were more than kMostHours.
  [[nodiscard]] std::optional<MinuteCoverage> coverage() const;

 private:
  static constexpr std::uint64_t kSecondsOfAMinute = 60;

  void add_other_second(std::int64_t second);
  void add(std::int64_t hour, std::uint64_t minutes);

  /// By hour since 1970: a bit for each minute.
  std::map<std::int64_t, std::uint64_t> hours_;
  /// Where the minute begins that was added to last: requests come in the order of time, or nearly.
  std::int64_t last_begin_ = 0;
  bool has_last_ = false;
  bool overflowed_ = false;
};

}  // namespace dosimeter::sim
