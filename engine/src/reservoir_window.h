#pragma once

#include <dosimeter/rule.h>

#include <atomic>
#include <cstdint>

namespace dosimeter::detail {

/// One atomic word: the number of a window above kCountBits bits of requests taken in it. 35 bits
/// of windows hold every calendar second of a TimePoint, 29 bits of count every reservoir and more
/// threads than a machine runs.
inline constexpr unsigned kCountBits = 29;
inline constexpr std::uint64_t kCountMask = (std::uint64_t{1} << kCountBits) - 1;
static_assert(static_cast<std::uint64_t>(kMaximumReservoirSize) + 1'000'000 < kCountMask);

/// Takes one of `size` in window number `number`, which is later than others if it is larger, if
/// one is left. An earlier number than the word's draws from the word's window, or starts anew
/// where `restarts`. Of all takes tried in one window exactly min(tries, size) succeed.
///
/// `Atomic` is std::atomic<std::uint64_t>; the tests put one in its place that lets other threads
/// in between. REQUIRES: size > 0.
template <typename Atomic>
bool take_from_window(Atomic& word, std::uint64_t number, std::uint32_t size,
                      bool restarts) noexcept {
  // Relaxed throughout: the word guards nothing but itself.
  std::uint64_t seen = word.load(std::memory_order_relaxed);
  for (;;) {
    const std::uint64_t seen_number = seen >> kCountBits;
    const bool rolls = seen_number < number || (seen_number > number && restarts);
    if (!rolls) {
      if ((seen & kCountMask) >= size) return false;
      // Another thread may have rolled the window since the load. Then this take belongs to the new
      // window, and its count is the one just read.
      return (word.fetch_add(1, std::memory_order_relaxed) & kCountMask) < size;
    }
    if (word.compare_exchange_weak(seen, (number << kCountBits) | 1, std::memory_order_relaxed)) {
      return true;
    }
  }
}

}  // namespace dosimeter::detail
