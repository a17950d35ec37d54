#include <dosimeter/reservoir.h>

#include "engine/src/clock_reading.h"
#include "engine/src/quota_second.h"
#include "engine/src/request_window.h"
#include "engine/src/reservoir_bucket.h"
#include "engine/src/reservoir_window.h"
#include "engine/src/two_words.h"

#include <algorithm>
#include <cmath>

namespace dosimeter {

using namespace detail;

namespace {

/// Makes the seconds of every TimePoint positive.
constexpr std::int64_t kSecondBias = std::int64_t{1} << 34;

/// The number of the second that `time` falls into; later ones have larger ones, none is 0.
std::uint64_t second_number(TimePoint time) noexcept {
  return static_cast<std::uint64_t>(calendar_second(time).time_since_epoch().count() + kSecondBias);
}

/// Of seconds that begin at half past one.
std::uint64_t rounded_second_number(TimePoint time) noexcept {
  constexpr std::chrono::milliseconds kHalf(500);
  return second_number(time) + (since_calendar_second(time) >= kHalf ? 1 : 0);
}

bool take_from_bucket(ReservoirWords& words, TimePoint now, std::uint32_t size,
                      const ReservoirChoices& choices) noexcept {
  const std::int64_t time = nanoseconds_of(now);
  const bool full = choices.window == ReservoirWindow::full_bucket;
  switch (choices.bucket_count) {
    case BucketCount::exact:
      return take_exactly(TwoWords(words), reading_of(time, choices.clock), size,
                          readings_per_second(choices.clock), full);
    case BucketCount::whole_readings:
      return take_whole_readings(words.first, reading_of(time, choices.clock), size,
                                 readings_per_second(choices.clock), full);
    case BucketCount::floating_milliseconds: {
      // By one recorder's arithmetic and the other's: the last bit may differ.
      const double price =
          choices.clock == ClockReading::floating_seconds ? 1 / (size / 1000.0) : 1000.0 / size;
      return take_floating_milliseconds(words.first, floating_milliseconds(time, choices.clock),
                                        price, full);
    }
  }
  return false;
}

}  // namespace

bool Reservoir::take(TimePoint now, std::uint32_t size, const ReservoirChoices& choices) noexcept {
  if (choices.window != ReservoirWindow::calendar_second) {
    return take_otherwise(now, size, choices);
  }
  if (size == 0) return false;
  return take_from_window(words_.first, second_number(now), size,
                          choices.backward_clock == BackwardClock::restarts_window);
}

bool Reservoir::take_otherwise(TimePoint now, std::uint32_t size,
                               const ReservoirChoices& choices) noexcept {
  if (size == 0) return false;
  switch (choices.window) {
    case ReservoirWindow::calendar_second:
      break;
    case ReservoirWindow::rounded_second:
      return take_from_window(words_.first, rounded_second_number(now), size,
                              choices.backward_clock == BackwardClock::restarts_window);
    case ReservoirWindow::first_request:
    case ReservoirWindow::tenths_of_a_second:
      return take_from_request_window(TwoWords(words_), nanoseconds_of(now), size,
                                      choices.window == ReservoirWindow::tenths_of_a_second);
    case ReservoirWindow::full_bucket:
    case ReservoirWindow::empty_bucket:
      return take_from_bucket(words_, now, size, choices);
    case ReservoirWindow::lazy_bucket:
      return take_lazily(TwoWords(words_), nanoseconds_of(now), size, false);
  }
  return false;
}

bool Reservoir::take_quota(TimePoint now, std::uint32_t quota,
                           const ReservoirChoices& choices) noexcept {
  if (choices.window == ReservoirWindow::lazy_bucket) {
    // Also of a quota of 0: what the bucket holds is paid out.
    return take_lazily(TwoWords(words_), nanoseconds_of(now), quota, false);
  }
  const bool rounded = choices.window == ReservoirWindow::rounded_second;
  if (!rounded && choices.window != ReservoirWindow::calendar_second) {
    return take_otherwise(now, quota, choices);
  }
  return take_or_borrow(words_.first, rounded ? rounded_second_number(now) : second_number(now),
                        quota, false, choices.backward_clock == BackwardClock::restarts_window);
}

bool Reservoir::borrow(TimePoint now, const ReservoirChoices& choices) noexcept {
  if (choices.window == ReservoirWindow::lazy_bucket) {
    return take_lazily(TwoWords(words_), nanoseconds_of(now), 1, true);
  }
  const bool rounded = choices.window == ReservoirWindow::rounded_second;
  if (!rounded && choices.window != ReservoirWindow::calendar_second) {
    return take_otherwise(now, 1, choices);
  }
  return take_or_borrow(words_.first, rounded ? rounded_second_number(now) : second_number(now), 0,
                        true, choices.backward_clock == BackwardClock::restarts_window);
}

void Reservoir::start(TimePoint now, std::uint32_t size, const ReservoirChoices& choices) noexcept {
  // One that begins full is as full whenever it is first asked, and a lazy one begins then.
  if (size == 0) return;
  if (choices.window == ReservoirWindow::tenths_of_a_second) {
    open_window(TwoWords(words_), nanoseconds_of(now));
  } else if (choices.window == ReservoirWindow::empty_bucket) {
    // Empty, it refuses, and has begun.
    static_cast<void>(take_from_bucket(words_, now, size, choices));
  }
}

double drawn_share(Rate rate, DrawComparison draw) noexcept {
  switch (draw) {
    case DrawComparison::below_rate:
    case DrawComparison::at_most_rate:
    case DrawComparison::trace_id_ratio:
      break;
    case DrawComparison::below_rate_as_float: {
      constexpr double kFloatDraws = 1 << 24;
      const double draws = static_cast<double>(static_cast<float>(rate.value())) * kFloatDraws;
      return std::ceil(draws) / kFloatDraws;
    }
    case DrawComparison::below_whole_percent:
      // The product is rounded, so that some whole percents become one more.
      return std::min(std::ceil(100 * rate.value()), 100.0) / 100;
  }
  return rate.value();
}

}  // namespace dosimeter
