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
  void add(const MinuteSet& other);
  void clear() noexcept;

  /// Nothing where there is no minute, or where there were more than kMostHours.
  [[nodiscard]] std::optional<MinuteCoverage> coverage() const;

 private:
  void add(std::int64_t hour, std::uint64_t minutes);

  /// By hour since 1970: a bit for each minute.
  std::map<std::int64_t, std::uint64_t> hours_;
  /// The one added to last: requests come in the order of time, or nearly.
  std::int64_t last_minute_ = 0;
  bool has_last_ = false;
  bool overflowed_ = false;
};

}  // namespace dosimeter::sim
