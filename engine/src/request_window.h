#pragma once

#include "engine/src/clock_reading.h"
#include "engine/src/reservoir_bucket.h"
#include "engine/src/two_words.h"

#include <algorithm>
#include <cstdint>

/// Windows that a request opens: the first word is when the window was opened, the second how many
/// were taken in it. A time before the window draws from it: these recorders use a clock that does
/// not go back.
namespace dosimeter::detail {

/// How much of `size` has been let out when that many nanoseconds of the window have passed. The
/// first tenth comes with what tenths leave over; the second as soon as any time has passed.
inline std::uint64_t let_out_by_tenths(std::int64_t passed, std::uint32_t size) noexcept {
  if (size < 10) return size;
  constexpr std::int64_t kTenth = kNanosecondsPerSecond / 10;
  const std::int64_t tenths_to_go =
      (kNanosecondsPerSecond - std::max<std::int64_t>(passed, 0)) / kTenth;
  const std::int64_t tenths = 11 - std::max<std::int64_t>(tenths_to_go, 1);
  return static_cast<std::uint64_t>(tenths) * (size / 10) + size % 10;
}

/// Opens a window in which nothing has been taken, unless one is open.
template <typename Words>
void open_window(Words words, std::int64_t now) noexcept {
  TwoWordValue seen = words.load();
  while (seen.first == 0 && !words.compare_exchange(seen, {word_of(now), 0})) continue;
}

template <typename Words>
bool take_from_request_window(Words words, std::int64_t now, std::uint32_t size,
                              bool by_tenths) noexcept {
  TwoWordValue seen = words.load();
  for (;;) {
    const std::int64_t passed = seen.first != 0 ? difference(now, time_of(seen.first)) : INT64_MAX;
    const bool over = by_tenths ? passed >= kNanosecondsPerSecond : passed > kNanosecondsPerSecond;
    TwoWordValue desired = {word_of(now), 1};
    if (!over) {
      const std::uint64_t most = by_tenths ? let_out_by_tenths(passed, size) : size;
      if (seen.second >= most) return false;
      desired = {seen.first, seen.second + 1};
    }
    if (words.compare_exchange(seen, desired)) return true;
  }
}

}  // namespace dosimeter::detail
