#pragma once

#include <chrono>

namespace dosimeter {

/// An instant: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. Covers the years 1678
/// to 2261.
using TimePoint = std::chrono::sys_time<std::chrono::nanoseconds>;

/// The calendar second that holds `time`: its floor, also before 1970.
[[nodiscard]] inline std::chrono::sys_seconds calendar_second(TimePoint time) noexcept {
  return std::chrono::floor<std::chrono::seconds>(time);
}

/// How far into its calendar second `time` is: 0 to 999,999,999 ns. By remainder, because the
/// second of the earliest times begins before the first TimePoint there is.
[[nodiscard]] inline std::chrono::nanoseconds since_calendar_second(TimePoint time) noexcept {
  constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);
  const std::chrono::nanoseconds rest = time.time_since_epoch() % kSecond;
  return rest.count() < 0 ? rest + kSecond : rest;
}

}  // namespace dosimeter
