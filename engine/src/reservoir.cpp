#include <dosimeter/reservoir.h>

#include "engine/src/reservoir_window.h"

namespace dosimeter {
namespace {

/// Makes the seconds of every TimePoint positive.
constexpr std::int64_t kSecondBias = std::int64_t{1} << 34;

/// The number of the window that `time` falls into; later windows have larger ones, none is 0.
std::uint64_t window_number(TimePoint time, ReservoirWindow window) noexcept {
  static_cast<void>(window);
  return static_cast<std::uint64_t>(calendar_second(time).time_since_epoch().count() + kSecondBias);
}

}  // namespace

bool Reservoir::take(TimePoint now, std::uint32_t size, const ReservoirChoices& choices) noexcept {
  if (size == 0) return false;
  return detail::take_from_window(window_, window_number(now, choices.window), size,
                                  choices.backward_clock == BackwardClock::restarts_window);
}

}  // namespace dosimeter
