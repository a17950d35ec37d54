#pragma once

#include <dosimeter/time_point.h>

#include "tests/support/random.h"

#include <chrono>

namespace dosimeter::conformance {

/// Times of requests: steady, in bursts, at the edges of seconds and half seconds, and back.
class CaseArrivals {
 public:
  CaseArrivals(Random& random, TimePoint start, bool goes_back)
      : random_(random), now_(start), goes_back_(goes_back), burst_(random.unit()) {}

  [[nodiscard]] TimePoint now() const noexcept { return now_; }
  /// The time of the next request.
  TimePoint next();
  /// Goes to a time near `time`: at it, just before or just behind.
  TimePoint to_the_edge_of(TimePoint time);
  void wait(std::chrono::nanoseconds time) { now_ += time; }

 private:
  std::chrono::nanoseconds small_step();

  Random& random_;
  TimePoint now_;
  bool goes_back_;
  /// The share of requests that come with the one before.
  double burst_;
};

}  // namespace dosimeter::conformance
