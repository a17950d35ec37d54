#include "sim/quality/minute_set.h"

#include <algorithm>
#include <bit>
#include <chrono>

namespace dosimeter::sim {
namespace {

constexpr std::int64_t kMinutesOfAnHour = 60;

std::int64_t hour_of(std::int64_t minute) noexcept {
  return std::chrono::floor<std::chrono::hours>(std::chrono::minutes(minute)).count();
}

/// REQUIRES: a minute of a TimePoint.
TimePoint start_of(std::int64_t minute) noexcept {
  return TimePoint{std::chrono::minutes(minute)};
}

}  // namespace

void MinuteSet::add(TimePoint time) {
  add_second(calendar_second(time).time_since_epoch().count());
}

void MinuteSet::add_other_second(std::int64_t second) {
  const std::int64_t minute =
      std::chrono::floor<std::chrono::minutes>(std::chrono::seconds(second)).count();
  has_last_ = true;
  last_begin_ = minute * static_cast<std::int64_t>(kSecondsOfAMinute);
  const std::int64_t hour = hour_of(minute);
  add(hour, std::uint64_t{1} << static_cast<unsigned>(minute - hour * kMinutesOfAnHour));
}

void MinuteSet::add(const MinuteSet& other) {
  overflowed_ = overflowed_ || other.overflowed_;
  for (const auto& [hour, minutes] : other.hours_) add(hour, minutes);
}

void MinuteSet::add(std::int64_t hour, std::uint64_t minutes) {
  if (const auto known = hours_.find(hour); known != hours_.end()) {
    known->second |= minutes;
  } else if (hours_.size() < kMostHours) {
    hours_.emplace(hour, minutes);
  } else {
    overflowed_ = true;
  }
}

void MinuteSet::clear() noexcept {
  hours_.clear();
  has_last_ = false;
  overflowed_ = false;
}

std::optional<MinuteCoverage> MinuteSet::coverage() const {
  if (hours_.empty() || overflowed_) return std::nullopt;
  MinuteCoverage coverage;
  std::vector<Gap> gaps;
  std::optional<std::int64_t> before;
  for (const auto& [hour, minutes] : hours_) {
    for (std::uint64_t left = minutes; left != 0; left &= left - 1) {
      const std::int64_t minute = hour * kMinutesOfAnHour + std::countr_zero(left);
      if (before) coverage.minutes += static_cast<std::uint64_t>(minute - *before - 1);
      if (before && minute - *before > 1) {
        coverage.empty_minutes += static_cast<std::uint64_t>(minute - *before - 1);
        gaps.push_back({start_of(*before + 1), start_of(minute)});
      }
      ++coverage.minutes;
      before = minute;
    }
  }
  const auto shown = gaps.begin() + static_cast<std::ptrdiff_t>(std::min(kShownGaps, gaps.size()));
  std::partial_sort(gaps.begin(), shown, gaps.end(), [](const Gap& one, const Gap& other) {
    const auto length = one.to - one.from;
    const auto other_length = other.to - other.from;
    return length != other_length ? length > other_length : one.from < other.from;
  });
  coverage.longest_gaps.assign(gaps.begin(), shown);
  return coverage;
}

}  // namespace dosimeter::sim
