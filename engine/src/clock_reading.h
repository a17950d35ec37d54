#pragma once

#include <dosimeter/reservoir_choices.h>
#include <dosimeter/time_point.h>

#include <cstdint>

/// Times as a recorder's clock tells them.
namespace dosimeter::detail {

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

/// Nanoseconds since 1970, but for the first seconds of all time, which count as later: what
/// subtracts a second or two needs no care then.
inline std::int64_t nanoseconds_of(TimePoint time) noexcept {
  constexpr std::int64_t kFirst =
      TimePoint::min().time_since_epoch().count() + 4 * kNanosecondsPerSecond;
  const std::int64_t nanoseconds = time.time_since_epoch().count();
  return nanoseconds < kFirst ? kFirst : nanoseconds;
}

/// How many readings of the clock a second has. A floating-point clock counts as exact here.
constexpr std::int64_t readings_per_second(ClockReading clock) noexcept {
  switch (clock) {
    case ClockReading::microseconds:
      return 1'000'000;
    case ClockReading::milliseconds:
      return 1'000;
    case ClockReading::nanoseconds:
    case ClockReading::floating_seconds:
      break;
  }
  return kNanosecondsPerSecond;
}

/// Readings since 1970, rounded down.
inline std::int64_t reading_of(std::int64_t nanoseconds, ClockReading clock) noexcept {
  const std::int64_t step = kNanosecondsPerSecond / readings_per_second(clock);
  return nanoseconds / step - (nanoseconds % step < 0 ? 1 : 0);
}

/// Milliseconds since 1970 as a recorder with floating-point numbers has them.
inline double floating_milliseconds(std::int64_t nanoseconds, ClockReading clock) noexcept {
  if (clock == ClockReading::floating_seconds) {
    return static_cast<double>(nanoseconds) / 1e9 * 1000.0;
  }
  const std::int64_t per_millisecond = readings_per_second(clock) / 1000;
  return static_cast<double>(reading_of(nanoseconds, clock)) / static_cast<double>(per_millisecond);
}

/// `to - from`, or the largest difference there is.
inline std::int64_t difference(std::int64_t to, std::int64_t from) noexcept {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(to, from, &result)) return to < from ? INT64_MIN : INT64_MAX;
  return result;
}

}  // namespace dosimeter::detail
