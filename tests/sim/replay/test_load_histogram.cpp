#include "sim/replay/load_histogram.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <map>
#include <utility>

namespace dosimeter::sim {
namespace {

/// What a histogram stands for.
using Seconds = std::map<std::pair<std::int64_t, std::uint64_t>, std::uint64_t>;

Seconds seconds_of(const LoadHistogram& histogram) {
  Seconds seconds;
  for (const auto& [hour, load, count] : histogram) seconds[{hour, load}] += count;
  return seconds;
}

/// In order and without doubles is what equality of vectors stands on.
void check_order(const LoadHistogram& histogram) {
  const auto entries = histogram.entries();
  for (std::size_t i = 1; i < entries.size(); ++i) {
    REQUIRE(std::pair(entries[i - 1].hour, entries[i - 1].load) <
            std::pair(entries[i].hour, entries[i].load));
  }
}

TEST_CASE("load histogram: an entry is 24 bytes") {
  CHECK(sizeof(LoadEntry) == 24);
}

TEST_CASE("load histogram: entries are in the order of hour and load, each once") {
  const LoadHistogram histogram = {{1, 5, 1}, {-1, 7, 1}, {0, 3, 2}, {1, 5, 9}, {0, 1, 1}};
  REQUIRE(histogram.size() == 4);
  const auto entries = histogram.entries();
  CHECK(entries[0] == LoadEntry{-1, 7, 1});
  CHECK(entries[1] == LoadEntry{0, 1, 1});
  CHECK(entries[2] == LoadEntry{0, 3, 2});
  CHECK(entries[3] == LoadEntry{1, 5, 10});
  CHECK(histogram.requests() == 7 + 1 + 6 + 50);
  CHECK(histogram != LoadHistogram{{1, 5, 10}, {-1, 7, 1}, {0, 3, 2}});
}

TEST_CASE("load histogram: nothing adds nothing") {
  const LoadHistogram empty;
  CHECK(empty.empty());
  CHECK(empty.requests() == 0);
  CHECK(empty.begin() == empty.end());
  CHECK(LoadHistogram{{3, 0, 5}, {3, 5, 0}} == empty);
  LoadHistogramBuilder builder;
  builder.add(3, 0);
  builder.add(3, 5, 0);
  CHECK(std::move(builder).build() == empty);
}

TEST_CASE("load histogram: built in any order it is the same as counted in a map") {
  Random random;
  INFO("seed " << Random::default_seed());
  // Few different entries, and so many that the builder sorts again and again.
  for (const std::uint64_t hours : {1U, 20U, 100'000U}) {
    LoadHistogramBuilder builder;
    Seconds expected;
    for (int i = 0; i < 30'000; ++i) {
      const auto hour = static_cast<std::int64_t>(random.below(hours)) - 10;
      const std::uint64_t load = 1 + random.below(30);
      const std::uint64_t seconds = 1 + random.below(3);
      if (seconds == 1) {
        builder.add(hour, load);
      } else {
        builder.add(hour, load, seconds);
      }
      expected[{hour, load}] += seconds;
    }
    const LoadHistogram histogram = std::move(builder).build();
    check_order(histogram);
    CHECK(seconds_of(histogram) == expected);
  }
}

TEST_CASE("load histogram: merging adds up, whichever is merged into which") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 200; ++round) {
    LoadHistogramBuilder first;
    LoadHistogramBuilder second;
    LoadHistogramBuilder both;
    for (std::uint64_t i = random.below(20); i > 0; --i) {
      const auto hour = static_cast<std::int64_t>(random.below(3));
      const std::uint64_t load = 1 + random.below(4);
      (random.below(2) == 0 ? first : second).add(hour, load);
      both.add(hour, load);
    }
    const LoadHistogram a = std::move(first).build();
    const LoadHistogram b = std::move(second).build();
    LoadHistogram forth = a;
    forth.merge(b);
    LoadHistogram back = b;
    back.merge(a);
    check_order(forth);
    CHECK(forth == back);
    CHECK(forth == std::move(both).build());
  }
  LoadHistogram self = {{0, 2, 3}, {1, 1, 1}};
  self.merge(self);
  CHECK(self == LoadHistogram{{0, 2, 6}, {1, 1, 2}});
}

}  // namespace
}  // namespace dosimeter::sim
