#pragma once

#include "tests/support/random.h"

#include <cstdint>
#include <vector>

namespace dosimeter::test {

/// How requests come, for tests of what reservoirs take of them.
enum class Arrivals : unsigned char {
  random,     // at any nanosecond
  bursts,     // many at one instant or within a millisecond, then none for seconds
  aligned,    // at tenths and halves of seconds, at whole ones, and a nanosecond off
  goes_back,  // as random, with a clock that is now and then set back
};
inline constexpr Arrivals kArrivals[] = {Arrivals::random, Arrivals::bursts, Arrivals::aligned,
                                         Arrivals::goes_back};

/// `count` times in nanoseconds since 1970, some `a_second` of them to a second. Times of the
/// twentieth century and of ours, so that floating-point clocks have their grain.
inline std::vector<std::int64_t> arrivals(Random& random, Arrivals kind, std::size_t count,
                                          double a_second) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  std::int64_t now = (random.chance(0.8) ? 1'780'000'000 : -3) * kSecond;
  now += static_cast<std::int64_t>(random.below(kSecond));
  const auto gap = [&] {
    return static_cast<std::int64_t>(2 * random.unit() / a_second * static_cast<double>(kSecond));
  };
  std::vector<std::int64_t> times;
  times.reserve(count);
  while (times.size() < count) {
    switch (kind) {
      case Arrivals::random:
        now += gap();
        break;
      case Arrivals::bursts:
        if (random.chance(0.03)) {
          now += static_cast<std::int64_t>(random.below(3 * kSecond));
        } else if (random.chance(0.5)) {
          now += static_cast<std::int64_t>(random.below(1'000'000));
        }
        break;
      case Arrivals::aligned: {
        constexpr std::int64_t kTenth = kSecond / 10;
        if (random.chance(0.5)) {
          const std::int64_t tenths = now / kTenth + static_cast<std::int64_t>(random.below(4));
          now = tenths * kTenth + static_cast<std::int64_t>(random.below(3)) - 1;
        }
        break;
      }
      case Arrivals::goes_back:
        now += gap();
        if (random.chance(0.02)) now -= static_cast<std::int64_t>(random.below(5 * kSecond));
        break;
    }
    times.push_back(now);
  }
  return times;
}

}  // namespace dosimeter::test
