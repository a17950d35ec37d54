#include <dosimeter/reservoir.h>

#include "tests/engine/arrivals.h"
#include "tests/engine/selection_check.h"
#include "tests/oracle/reservoir_twins.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

TimePoint at(std::int64_t nanoseconds) {
  return TimePoint(std::chrono::nanoseconds(nanoseconds));
}

oracle::SamplingTwin twin_of(const RecorderKind& recorder) {
  return oracle::sampling_twin(recorder.recorder->name, recorder.kind == RuleKind::local);
}

constexpr std::uint32_t kSizes[] = {1, 2, 3, 5, 6, 7, 9, 10, 11, 20, 27, 100, 997, 1500};

}  // namespace

TEST_CASE("reservoir of each recorder: it takes the requests that its twin takes") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const RecorderKind& recorder : recorder_kinds()) {
    const ReservoirChoices& choices = recorder.recorder->reservoirs(recorder.kind);
    const oracle::SamplingTwin sampling = twin_of(recorder);
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (const Arrivals kind : kArrivals) {
      for (const std::uint32_t size : kSizes) {
        Reservoir reservoir;
        const auto twin = sampling.reservoir();
        const double a_second = size * (0.2 + 3 * random.unit());
        for (const std::int64_t time : arrivals(random, kind, 600, a_second)) {
          const bool expected = twin->take(time, size);
          if (reservoir.take(at(time), size, choices) != expected) {
            FAIL(recorder.name() << ", size " << size << ", arrivals " << static_cast<int>(kind)
                                 << ", at " << time << ": expected " << expected);
          }
          ++(expected ? taken : refused);
        }
      }
    }
    CAPTURE(recorder.name());
    CHECK(taken > 5'000);
    CHECK(refused > 5'000);
  }
}

TEST_CASE("reservoir of each recorder: sizes that change from take to take") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const RecorderKind& recorder : recorder_kinds()) {
    const ReservoirChoices& choices = recorder.recorder->reservoirs(recorder.kind);
    for (const Arrivals kind : kArrivals) {
      Reservoir reservoir;
      const auto twin = twin_of(recorder).reservoir();
      std::uint32_t size = 5;
      for (const std::int64_t time : arrivals(random, kind, 3000, 20)) {
        if (random.chance(0.05)) size = static_cast<std::uint32_t>(random.below(25));
        const bool expected = twin->take(time, size);
        if (reservoir.take(at(time), size, choices) != expected) {
          FAIL(recorder.name() << ", size " << size << ", at " << time);
        }
      }
    }
  }
}

TEST_CASE("reservoir of each recorder: the ends of time and of sizes") {
  for (const RecorderKind& recorder : recorder_kinds()) {
    const ReservoirChoices& choices = recorder.recorder->reservoirs(recorder.kind);
    CAPTURE(recorder.name());
    for (const std::uint32_t size : {1u, 10u, static_cast<std::uint32_t>(kMaximumReservoirSize)}) {
      const std::vector<TimePoint> times = {TimePoint::min(), TimePoint::max(), at(0),
                                            TimePoint::max(), TimePoint::min()};
      Reservoir reservoir;
      int taken = 0;
      for (const TimePoint time : times) taken += reservoir.take(time, size, choices) ? 1 : 0;
      CHECK(taken > 0);
      CHECK_FALSE(reservoir.take(TimePoint::max(), 0, choices));
    }
  }
}

TEST_CASE("draw of each recorder: what it keeps, and the chance that it says") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const RecorderKind& recorder : recorder_kinds()) {
    const oracle::DrawTwin twin = twin_of(recorder).draw;
    const DrawComparison choice = recorder.recorder->reservoirs(recorder.kind).draw;
    CAPTURE(recorder.name());
    std::vector<double> rates = {0, 1, 0.05, 0.001, 0.051, 0.07, 0.14, 0.28, 0.55, 0.56, 1e-9};
    for (int i = 0; i < 200; ++i) rates.push_back(random.unit());
    for (const double rate : rates) {
      CAPTURE(rate);
      const double share = drawn_share(Rate::from(rate).value(), choice);
      REQUIRE(share == twin.chance(rate));
      std::vector<double> draws = {0, share, std::nextafter(share, 0), std::nextafter(share, 1),
                                   rate};
      for (int i = 0; i < 20; ++i) draws.push_back(random.unit());
      for (const double draw : draws) {
        if (draw >= 1) continue;
        const bool kept = choice == DrawComparison::at_most_rate ? draw <= share : draw < share;
        REQUIRE(kept == twin.keeps(draw, rate));
      }
    }
  }
  CHECK(drawn_share(Rate::from(0.07).value(), DrawComparison::below_whole_percent) == 0.08);
  CHECK(drawn_share(Rate::from(0.28).value(), DrawComparison::below_whole_percent) == 0.29);
  CHECK(drawn_share(Rate::from(0.001).value(), DrawComparison::below_whole_percent) == 0.01);
  CHECK(drawn_share(Rate::from(0.06).value(), DrawComparison::below_whole_percent) == 0.06);
}
