#include <dosimeter/reservoir.h>
#include <dosimeter/rule.h>

namespace dosimeter {
namespace {

/// 35 bits of seconds hold every TimePoint, 29 bits of count every reservoir and more threads than
/// a machine runs.
constexpr unsigned kCountBits = 29;
constexpr std::uint64_t kCountMask = (std::uint64_t{1} << kCountBits) - 1;
constexpr std::int64_t kSecondBias = std::int64_t{1} << 34;
static_assert(static_cast<std::uint64_t>(kMaximumReservoirSize) + 1'000'000 < kCountMask);

std::uint64_t biased_second(TimePoint time) noexcept {
  return static_cast<std::uint64_t>(calendar_second(time).time_since_epoch().count() + kSecondBias);
}

}  // namespace

bool Reservoir::take(TimePoint now, std::uint32_t size, BackwardClock backward_clock) noexcept {
  if (size == 0) return false;
  const std::uint64_t second = biased_second(now);
  // Relaxed throughout: the word guards nothing but itself.
  std::uint64_t window = window_.load(std::memory_order_relaxed);
  for (;;) {
    const std::uint64_t window_second = window >> kCountBits;
    const bool rolls = window_second < second ||
                       (window_second > second && backward_clock == BackwardClock::restarts_window);
    if (!rolls) {
      if ((window & kCountMask) >= size) return false;
      // Another thread may have rolled the window since the load. Then this take belongs to the new
      // window, and its count is the one just read.
      return (window_.fetch_add(1, std::memory_order_relaxed) & kCountMask) < size;
    }
    if (window_.compare_exchange_weak(window, (second << kCountBits) | 1,
                                      std::memory_order_relaxed)) {
      return true;
    }
  }
}

}  // namespace dosimeter
