#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/time_point.h>

#include <atomic>
#include <cstdint>

namespace dosimeter {

/// So many requests a calendar second, counted in one atomic word. Of all takes tried in one window
/// exactly min(tries, size) succeed, under any number of threads.
///
/// Thread-safe and lock-free. A take in a used-up second is one load; a take in an open one adds
/// one fetch-add; the first of a second rolls the window by compare-and-swap.
class Reservoir {
 public:
  /// Takes one of the `size` requests of the window that `now` falls into, if one is left. What a
  /// window is and what a time before the current one does are the recorder's choices.
  ///
  /// REQUIRES: size <= kMaximumReservoirSize. Callers may disagree on `size` while rules are being
  /// swapped; a size raised within a window may then leave unused as many as had raced past the old
  /// one, a thread at most one. They must agree on the choices.
  [[nodiscard]] bool take(TimePoint now, std::uint32_t size,
                          const ReservoirChoices& choices = {}) noexcept;

 private:
  /// The window's number, 0 for none yet, and how many were taken in it.
  std::atomic<std::uint64_t> window_{0};
};

}  // namespace dosimeter
