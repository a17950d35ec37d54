#include "sim/quality/minute_set.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

TimePoint at_minute(std::int64_t minute) {
  return TimePoint{std::chrono::minutes(minute)};
}

/// The same from a set of minutes, one minute after the other.
MinuteCoverage counted(const std::set<std::int64_t>& minutes) {
  MinuteCoverage coverage;
  std::vector<Gap> gaps;
  for (std::int64_t minute = *minutes.begin(); minute <= *minutes.rbegin(); ++minute) {
    ++coverage.minutes;
    if (minutes.contains(minute)) continue;
    ++coverage.empty_minutes;
    if (minutes.contains(minute - 1)) {
      gaps.push_back({at_minute(minute), at_minute(*minutes.upper_bound(minute))});
    }
  }
  std::stable_sort(gaps.begin(), gaps.end(), [](const Gap& one, const Gap& other) {
    return one.to - one.from > other.to - other.from;
  });
  gaps.resize(std::min(gaps.size(), MinuteSet::kShownGaps));
  coverage.longest_gaps = gaps;
  return coverage;
}

}  // namespace

TEST_CASE("minute set: minutes without a request, in any order and in parts") {
  Random random(Random::default_seed());
  for (int round = 0; round < 200; ++round) {
    std::set<std::int64_t> minutes;
    MinuteSet set;
    MinuteSet part;
    const std::int64_t base = round % 2 == 0 ? 29'631'495 : -500;
    const std::size_t span = 1 + random.below(1000);
    for (std::size_t n = 1 + random.below(300); n > 0; --n) {
      const std::int64_t minute = base + static_cast<std::int64_t>(random.below(span));
      minutes.insert(minute);
      const TimePoint time =
          at_minute(minute) + std::chrono::nanoseconds(random.below(60'000'000'000));
      part.add(time);
      if (random.below(10) != 0) continue;
      set.add(part);
      part.clear();
    }
    set.add(part);
    const MinuteCoverage expected = counted(minutes);
    const auto coverage = set.coverage();
    REQUIRE(coverage);
    CHECK(coverage->minutes == expected.minutes);
    CHECK(coverage->empty_minutes == expected.empty_minutes);
    CHECK(coverage->longest_gaps == expected.longest_gaps);
  }
}

TEST_CASE("minute set: nothing is said of no request, or of more hours than are kept") {
  MinuteSet set;
  CHECK_FALSE(set.coverage());
  for (std::size_t i = 0; i < MinuteSet::kMostHours; ++i) {
    set.add(at_minute(static_cast<std::int64_t>(i) * 60));
  }
  CHECK(set.coverage());
  set.add(at_minute(-1));
  CHECK_FALSE(set.coverage());
  MinuteSet other;
  other.add(set);
  CHECK_FALSE(other.coverage());
  set.clear();
  set.add(at_minute(5));
  CHECK(set.coverage()->minutes == 1);
}
