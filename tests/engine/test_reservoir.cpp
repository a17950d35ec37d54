#include <dosimeter/reservoir.h>
#include <dosimeter/rule.h>

#include "engine/src/reservoir_window.h"
#include "tests/oracle/rule_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <thread>
#include <vector>

using namespace dosimeter;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint at(std::chrono::nanoseconds since_epoch) {
  return TimePoint(since_epoch);
}

}  // namespace

TEST_CASE("reservoir: so many a calendar second, from the first to the last nanosecond") {
  Reservoir reservoir;
  CHECK(reservoir.take(at(10s), 2));
  CHECK(reservoir.take(at(10s + 999999999ns), 2));
  CHECK_FALSE(reservoir.take(at(10s + 999999999ns), 2));
  CHECK(reservoir.take(at(11s), 2));
}

TEST_CASE("reservoir: seconds before 1970 are calendar seconds too") {
  Reservoir reservoir;
  CHECK(reservoir.take(at(-1ns), 1));
  CHECK_FALSE(reservoir.take(at(-1s), 1));
  CHECK(reservoir.take(at(0s), 1));
}

TEST_CASE("reservoir: an earlier time draws from the window it finds, or restarts it by choice") {
  Reservoir stays;
  CHECK(stays.take(at(10s), 2));
  CHECK(stays.take(at(5s), 2));
  CHECK_FALSE(stays.take(at(5s), 2));
  CHECK_FALSE(stays.take(at(10s), 2));
  ReservoirChoices choices;
  choices.backward_clock = BackwardClock::restarts_window;
  Reservoir restarts;
  CHECK(restarts.take(at(10s), 1, choices));
  CHECK(restarts.take(at(5s), 1, choices));
  CHECK_FALSE(restarts.take(at(5s), 1, choices));
  CHECK(restarts.take(at(10s), 1, choices));
}

TEST_CASE("reservoir: a size of zero takes nothing and opens no window") {
  Reservoir reservoir;
  CHECK_FALSE(reservoir.take(at(20s), 0));
  CHECK(reservoir.take(at(10s), 1));
}

TEST_CASE("reservoir: the ends of time and of sizes") {
  for (const auto time : {TimePoint::min(), TimePoint::max(), at(0s)}) {
    Reservoir reservoir;
    CHECK(reservoir.take(time, 1));
    CHECK_FALSE(reservoir.take(time, 1));
    CHECK(reservoir.take(time, static_cast<std::uint32_t>(kMaximumReservoirSize)));
  }
}

TEST_CASE("reservoir: a size that changes in mid-second counts what was taken before") {
  Reservoir reservoir;
  CHECK(reservoir.take(at(10s), 1));
  CHECK_FALSE(reservoir.take(at(10s), 1));
  CHECK(reservoir.take(at(10s), 3));
  CHECK(reservoir.take(at(10s), 3));
  CHECK_FALSE(reservoir.take(at(10s), 3));
  CHECK_FALSE(reservoir.take(at(10s), 2));
}

TEST_CASE("reservoir: random times against the oracle") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 200; ++round) {
    Reservoir reservoir;
    oracle::CalendarReservoir expected;
    const auto size = static_cast<std::uint32_t>(random.below(5));
    std::int64_t milliseconds = 0;
    for (int i = 0; i < 500; ++i) {
      milliseconds +=
          static_cast<std::int64_t>(random.below(500)) - (random.chance(0.1) ? 2000 : 0);
      const std::int64_t second =
          milliseconds >= 0 ? milliseconds / 1000 : -((-milliseconds + 999) / 1000);
      REQUIRE(reservoir.take(at(std::chrono::milliseconds(milliseconds)), size) ==
              expected.take(second, size));
    }
  }
}

namespace {

/// An atomic word behind whose first load another thread comes in.
struct InterruptedWord {
  std::uint64_t value = 0;
  std::function<void(InterruptedWord&)> after_load;

  std::uint64_t load(std::memory_order) {
    const std::uint64_t seen = value;
    if (const auto interruption = std::exchange(after_load, nullptr)) interruption(*this);
    return seen;
  }
  std::uint64_t fetch_add(std::uint64_t count, std::memory_order) {
    return std::exchange(value, value + count);
  }
  bool compare_exchange_weak(std::uint64_t& expected, std::uint64_t desired, std::memory_order) {
    if (value == expected) {
      value = desired;
      return true;
    }
    expected = value;
    return false;
  }
};

bool take(InterruptedWord& word, std::uint64_t number, std::uint32_t size) {
  return detail::take_from_window(word, number, size, false);
}

/// How many were taken in the window the word is in.
std::uint64_t count_of(const InterruptedWord& word) {
  return word.value & detail::kCountMask;
}

}  // namespace

TEST_CASE("reservoir: another thread takes the last one between the look and the take") {
  InterruptedWord word;
  CHECK(take(word, 7, 2));
  word.after_load = [](InterruptedWord& other) { CHECK(take(other, 7, 2)); };
  CHECK_FALSE(take(word, 7, 2));
  CHECK_FALSE(take(word, 7, 2));
  // The take that raced past the size was counted; one that only looked was not.
  CHECK(count_of(word) == 3);
}

TEST_CASE("reservoir: another thread rolls the window between the look and the take") {
  InterruptedWord word;
  CHECK(take(word, 7, 2));
  word.after_load = [](InterruptedWord& other) { CHECK(take(other, 8, 2)); };
  CHECK(take(word, 7, 2));  // late: the second of window 8
  CHECK_FALSE(take(word, 8, 2));
  CHECK(word.value >> detail::kCountBits == 8);

  InterruptedWord used_up;
  CHECK(take(used_up, 7, 1));
  used_up.value = 7u << detail::kCountBits;  // as if none had been taken
  used_up.after_load = [](InterruptedWord& other) { CHECK(take(other, 8, 1)); };
  CHECK_FALSE(take(used_up, 7, 1));
}

TEST_CASE("reservoir: two threads roll the same window, and one of them finds it rolled") {
  InterruptedWord word;
  word.after_load = [](InterruptedWord& other) { CHECK(take(other, 9, 2)); };
  CHECK(take(word, 9, 2));
  CHECK(count_of(word) == 2);
  CHECK_FALSE(take(word, 9, 2));
  InterruptedWord single;
  single.after_load = [](InterruptedWord& other) { CHECK(take(other, 9, 1)); };
  CHECK_FALSE(take(single, 9, 1));
}

TEST_CASE("reservoir: exactly min(tries, size) in every window, whatever the threads do") {
  // Threads run through the same seconds in step, so that rolls, takes and refusals meet.
  constexpr int kThreads = 4;
  constexpr int kSeconds = 2000;
  constexpr int kTries = 7;
  for (const std::uint32_t size : {1u, 5u, 27u, 28u, 29u}) {
    Reservoir reservoir;
    std::vector<std::atomic<int>> takes(kSeconds);
    std::atomic<int> arrived{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int second = 0; second < kSeconds; ++second) {
          // All wait for the last: a window is never used after its second is over.
          arrived.fetch_add(1);
          while (arrived.load() < kThreads * (second + 1)) std::this_thread::yield();
          int mine = 0;
          for (int i = 0; i < kTries; ++i) {
            if (reservoir.take(at(std::chrono::seconds(second)), size)) ++mine;
          }
          takes[static_cast<std::size_t>(second)].fetch_add(mine);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    int wrong = 0;
    for (const auto& taken : takes) {
      if (taken.load() != std::min<int>(kThreads * kTries, static_cast<int>(size))) ++wrong;
    }
    CAPTURE(size);
    CHECK(wrong == 0);
  }
}

TEST_CASE(
    "reservoir: threads that run ahead of one another never take more than the windows hold") {
  // No thread waits, so takes meet rolls: a late thread draws from the window that another has
  // opened.
  constexpr int kThreads = 4;
  constexpr int kSeconds = 20000;
  constexpr std::uint32_t kSize = 3;
  Reservoir reservoir;
  std::atomic<int> total{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      int mine = 0;
      for (int second = 0; second < kSeconds; ++second) {
        for (int i = 0; i < 4; ++i) {
          if (reservoir.take(at(std::chrono::seconds(second)), kSize)) ++mine;
        }
      }
      total += mine;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(total <= kSeconds * static_cast<int>(kSize));
  CHECK(total >= kSeconds);
}
