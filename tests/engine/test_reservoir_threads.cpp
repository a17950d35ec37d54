#include <dosimeter/reservoir.h>

#include "tests/engine/selection_check.h"
#include "tests/oracle/reservoir_twins.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

constexpr int kThreads = 4;
constexpr std::int64_t kSecond = 1'000'000'000;

TimePoint at(std::int64_t nanoseconds) {
  return TimePoint(std::chrono::nanoseconds(nanoseconds));
}

/// How many takes succeed at each of `times` when `kThreads` try so many times each, all at once.
template <typename Take>
std::vector<int> taken_in_step(const std::vector<std::int64_t>& times, int tries, Take take) {
  std::vector<std::atomic<int>> taken(times.size());
  std::atomic<std::size_t> arrived{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (std::size_t step = 0; step < times.size(); ++step) {
        // All wait for the last, so that it is one time for all of them.
        arrived.fetch_add(1);
        while (arrived.load() < kThreads * (step + 1)) std::this_thread::yield();
        int mine = 0;
        for (int i = 0; i < tries; ++i) mine += take(times[step]) ? 1 : 0;
        taken[step].fetch_add(mine);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return {taken.begin(), taken.end()};
}

/// Steps that meet the ends of windows, forward alone and now and then back.
std::vector<std::int64_t> steps(Random& random, std::size_t count) {
  std::int64_t now = 1'780'000'000 * kSecond;
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < count; ++i) {
    if (random.chance(0.5)) {
      now += static_cast<std::int64_t>(random.below(10)) * kSecond / 10;
    } else {
      now += static_cast<std::int64_t>(random.below(kSecond));
    }
    if (random.chance(0.02)) now -= 3 * kSecond;
    times.push_back(now);
  }
  return times;
}

}  // namespace

TEST_CASE("reservoir threads: as many takes as one thread's, for each recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  constexpr int kTries = 4;
  for (const RecorderKind& recorder : recorder_kinds()) {
    const ReservoirChoices& choices = recorder.recorder->reservoirs(recorder.kind);
    for (const std::uint32_t size : {1u, 3u, 12u, 17u}) {
      const std::vector<std::int64_t> times = steps(random, 300);
      Reservoir reservoir;
      const std::vector<int> taken = taken_in_step(times, kTries, [&](std::int64_t time) {
        return reservoir.take(at(time), size, choices);
      });
      const auto twin =
          oracle::sampling_twin(recorder.recorder->name, recorder.kind == RuleKind::local)
              .reservoir();
      for (std::size_t step = 0; step < times.size(); ++step) {
        int expected = 0;
        for (int i = 0; i < kThreads * kTries; ++i)
          expected += twin->take(times[step], size) ? 1 : 0;
        if (taken[step] != expected) {
          FAIL(recorder.name() << ", size " << size << ", step " << step << ": expected "
                               << expected << ", got " << taken[step]);
        }
      }
    }
  }
}

TEST_CASE("reservoir threads: a quota and borrowing share a second, each to its own bound") {
  Random random;
  INFO("seed " << Random::default_seed());
  const ReservoirChoices& choices = find_recorder("xray-python")->reservoir;
  const std::vector<std::int64_t> times = steps(random, 500);
  Reservoir reservoir;
  std::atomic<int> borrowed{0};
  const std::vector<int> taken = taken_in_step(times, 6, [&](std::int64_t time) {
    if (reservoir.borrow(at(time), choices)) borrowed.fetch_add(1);
    return reservoir.take_quota(at(time), 7, choices);
  });
  oracle::SecondTwin quota, borrow;
  int expected_borrowed = 0;
  for (std::size_t step = 0; step < times.size(); ++step) {
    int expected = 0;
    for (int i = 0; i < kThreads * 6; ++i) {
      expected_borrowed += borrow.take(times[step], 1) ? 1 : 0;
      expected += quota.take(times[step], 7) ? 1 : 0;
    }
    if (taken[step] != expected) FAIL("step " << step << ": expected " << expected);
  }
  CHECK(borrowed == expected_borrowed);
}

TEST_CASE("reservoir threads: ahead of one another they never take more than there is") {
  // No thread waits, so takes meet rolls, and each thread has times of its own.
  constexpr int kSteps = 4000;
  constexpr std::uint32_t kSize = 3;
  for (const RecorderKind& recorder : recorder_kinds()) {
    ReservoirChoices choices = recorder.recorder->reservoirs(recorder.kind);
    // A clock that is another for each thread goes back all the time, and some start anew then.
    choices.backward_clock = BackwardClock::stays_in_window;
    Reservoir reservoir;
    std::atomic<int> total{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        Random random(static_cast<std::uint64_t>(t));
        int mine = 0;
        std::int64_t now = 1'780'000'000 * kSecond;
        for (int step = 0; step < kSteps; ++step) {
          now += kSecond / 8;
          const auto off = static_cast<std::int64_t>(random.below(kSecond / 8));
          mine += reservoir.take(at(now + off), kSize, choices) ? 1 : 0;
        }
        total += mine;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CAPTURE(recorder.name());
    // A second's worth to begin with, and one for the second that is not over.
    CHECK(total <= (kSteps / 8 + 2) * static_cast<int>(kSize));
    CHECK(total >= kSteps / 8);
  }
}
