#include "sim/predict/reservoir_takes.h"
#include "tests/oracle/slow_reservoir.h"
#include "tests/support/catch.h"

#include <random>
#include <utility>

namespace dosimeter::sim {
namespace {

TEST_CASE("reservoir takes: agree with asking request after request") {
  std::mt19937_64 random(4);
  for (int round = 0; round < 50; ++round) {
    LoadHistogramBuilder builder;
    for (std::uint64_t entry = 0; entry < random() % 12; ++entry) {
      const auto hour = static_cast<std::int64_t>(random() % 5);
      const std::uint64_t requests = 1 + random() % 20;
      builder.add(hour, requests, 1 + random() % 30);
    }
    const LoadHistogram load = std::move(builder).build();
    for (std::uint64_t size = 0; size <= 22; ++size) {
      const auto [taken, refused] = oracle::slow_takes(load, size);
      const ReservoirTakes takes = reservoir_takes(load.entries(), size);
      INFO("round " << round << " size " << size);
      CHECK(takes.taken == taken);
      CHECK(takes.refused == refused);
    }
  }
}

TEST_CASE("reservoir takes: nothing is lost at a million million requests") {
  const LoadEntry load[] = {
      {0, 1, 999'999'999'999}, {0, 500'000'000'000, 1}, {7, 1'000'000'000'000'000, 3}};
  const std::uint64_t requests = 999'999'999'999 + 500'000'000'000 + 3'000'000'000'000'000;
  for (const std::uint64_t size : {0ULL, 1ULL, 500'000'000ULL, 500'000'000'001ULL, ~0ULL}) {
    const ReservoirTakes takes = reservoir_takes(load, size);
    CHECK(takes.taken + takes.refused == requests);
  }
  CHECK(reservoir_takes(load, 0).taken == 0);
  CHECK(reservoir_takes(load, ~0ULL).refused == 0);
  CHECK(reservoir_takes(load, 500'000'000).taken == 999'999'999'999 + 4 * 500'000'000ULL);
}

TEST_CASE("reservoir takes: no load, no takes") {
  CHECK(reservoir_takes({}, 5).taken == 0);
  CHECK(reservoir_takes({}, 5).refused == 0);
}

}  // namespace
}  // namespace dosimeter::sim
