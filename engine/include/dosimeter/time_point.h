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

}  // namespace dosimeter
