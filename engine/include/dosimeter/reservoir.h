#pragma once

#include <dosimeter/rate.h>
#include <dosimeter/reservoir_choices.h>
#include <dosimeter/time_point.h>

#include <atomic>
#include <cstdint>

namespace dosimeter {

namespace detail {
/// Two words that change together; on their own, the first is a word like any other.
struct alignas(16) ReservoirWords {
  std::atomic<std::uint64_t> first{0};
  std::atomic<std::uint64_t> second{0};
#if !defined(__x86_64__)
  std::atomic_flag busy;
#endif
};
}  // namespace detail

/// So many requests a second, in the windows or from the bucket of the recorder's choices. Of all
/// takes tried in one window exactly min(tries, size) succeed, and a bucket pays out every token it
/// holds, under any number of threads. A new one has taken nothing, and its bucket begins with the
/// first request or when `start` says.
///
/// Thread-safe and lock-free (but for buckets and windows that requests open on processors other
/// than x86-64, where a take may wait for another to end). In calendar and rounded seconds a take
/// in a used-up second is one load, one in an open second adds one fetch-add, the first of a second
/// rolls the window by compare-and-swap; elsewhere a take is a load and a compare-and-swap.
///
/// A reservoir is used either by `take` or by `take_quota` and `borrow`, with the same choices each
/// time.
class Reservoir {
 public:
  /// Takes one of the `size` requests of the window that `now` falls into, if one is left. What a
  /// window is and what a time before the current one does are the recorder's choices.
  ///
  /// REQUIRES: size <= kMaximumReservoirSize. Callers may disagree on `size` while rules are being
  /// swapped; a size raised within a window may then leave unused as many as had raced past the old
  /// one, a thread at most one.
  [[nodiscard]] bool take(TimePoint now, std::uint32_t size,
                          const ReservoirChoices& choices = kDocumentedReservoir) noexcept;

  /// `take` for a recorder that asks X-Ray: with a quota, or borrowing one a second while it has
  /// none. Both count in the same second or come out of the same bucket. At most 2^28 - 1 of a
  /// quota can be taken in a second.
  [[nodiscard]] bool take_quota(TimePoint now, std::uint32_t quota,
                                const ReservoirChoices& choices) noexcept;
  [[nodiscard]] bool borrow(TimePoint now, const ReservoirChoices& choices) noexcept;

  /// Makes a bucket of that size begin at `now`, before anything is taken, or a window of
  /// ReservoirWindow::tenths_of_a_second. Other windows need no start.
  void start(TimePoint now, std::uint32_t size, const ReservoirChoices& choices) noexcept;

 private:
  bool take_otherwise(TimePoint now, std::uint32_t size, const ReservoirChoices& choices) noexcept;

  detail::ReservoirWords words_;
};

/// The chance of a request that its draw decides: the rate as the recorder compares it with a draw.
/// A draw below it keeps the request; with DrawComparison::at_most_rate also a draw at it.
[[nodiscard]] double drawn_share(Rate rate, DrawComparison draw) noexcept;

}  // namespace dosimeter
