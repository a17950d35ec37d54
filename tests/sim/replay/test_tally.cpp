#include "sim/replay/tally.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <map>
#include <tuple>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

constexpr TimePoint at(std::int64_t second, std::int64_t nanosecond = 0) {
  return TimePoint(std::chrono::seconds(second) + std::chrono::nanoseconds(nanosecond));
}

std::vector<LoadHistogram> finish(Tally&& tally) {
  std::vector<LoadHistogram> loads;
  for (RuleLoads& rule : std::move(tally).finish()) {
    LoadHistogram all;
    for (const LoadHistogram& instance : rule.instances) all.merge(instance);
    loads.push_back(std::move(all));
  }
  return loads;
}

}  // namespace

TEST_CASE("tally: seconds of each rule and instance by how many requests they held") {
  Tally tally(2);
  CHECK(tally.add(0, 0, at(0), 1));
  CHECK(tally.add(0, 0, at(0, 999'999'999), 2));
  CHECK(tally.add(0, 0, at(1), 3));
  CHECK(tally.add(0, 1, at(1), 1));
  CHECK(tally.add(1, 0, at(3600), 5));
  CHECK(tally.add(1, 0, at(3601), 0));  // no requests, no second
  CHECK(tally.add(1, 0, at(-1), 7));
  const auto loads = finish(std::move(tally));
  CHECK(loads[0] == LoadHistogram{{0, 3, 2}, {0, 1, 1}});
  CHECK(loads[1] == LoadHistogram{{-1, 7, 1}, {1, 5, 1}});
}

TEST_CASE("tally: the order of requests changes nothing while all seconds are open") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::vector<std::tuple<RuleIndex, InstanceIndex, TimePoint>> requests;
  std::map<std::tuple<RuleIndex, InstanceIndex, std::int64_t>, std::uint64_t> counts;
  for (int i = 0; i < 20000; ++i) {
    const auto second = static_cast<std::int64_t>(random.below(8000)) - 4000;
    const auto rule = static_cast<RuleIndex>(random.below(3));
    const auto instance = static_cast<InstanceIndex>(random.below(2));
    requests.emplace_back(rule, instance, at(second, static_cast<std::int64_t>(random.below(999))));
    ++counts[{rule, instance, second}];
  }
  std::vector<std::vector<LoadEntry>> entries(3);
  for (const auto& [key, count] : counts) {
    const auto [rule, instance, second] = key;
    const std::int64_t hour = second >= 0 ? second / 3600 : -((-second + 3599) / 3600);
    entries[rule].push_back({hour, count, 1});
  }
  std::vector<LoadHistogram> expected;
  for (const auto& of_rule : entries) expected.emplace_back(of_rule);
  for (int order = 0; order < 3; ++order) {
    Tally tally(3);
    for (const auto& [rule, instance, time] : requests) REQUIRE(tally.add(rule, instance, time, 1));
    CHECK(finish(std::move(tally)) == expected);
    for (std::size_t i = requests.size() - 1; i > 0; --i) {
      std::swap(requests[i], requests[random.below(i + 1)]);
    }
  }
}

TEST_CASE("tally: in little memory a log in order gives the same, and nothing is late") {
  constexpr std::int64_t kSeconds = 50000;
  Tally small(1, Tally::kMinimumOpenBytes);
  Tally large(1, std::size_t{64} << 20);
  for (std::int64_t second = 0; second < kSeconds; ++second) {
    const auto count = static_cast<std::uint64_t>(second % 7 + 1);
    REQUIRE(small.add(0, 0, at(second), count));
    REQUIRE(large.add(0, 0, at(second), count));
    // A little out of order is what real logs are.
    if (second > 10) {
      REQUIRE(small.add(0, 0, at(second - 10), 1));
      REQUIRE(large.add(0, 0, at(second - 10), 1));
    }
  }
  CHECK(finish(std::move(small)) == finish(std::move(large)));
}

TEST_CASE("tally: a second before the folded ones is late and counts nowhere") {
  Tally tally(1, Tally::kMinimumOpenBytes);
  std::uint64_t counted = 0;
  for (std::int64_t second = 0; second < 10000; ++second) counted += tally.add(0, 0, at(second), 1);
  CHECK(counted == 10000);
  CHECK_FALSE(tally.add(0, 0, at(0), 1));
  CHECK(tally.add(0, 0, at(9999), 1));
  std::uint64_t seconds = 0;
  const auto loads = finish(std::move(tally));
  for (const LoadEntry& entry : loads[0].entries()) seconds += entry.seconds;
  CHECK(seconds == 10000);
}

TEST_CASE("tally: seconds are open or folded, never both") {
  // Each second comes four times, spread over the folds: it is counted whole, or its later requests
  // are late.
  Tally tally(1, Tally::kMinimumOpenBytes);
  std::map<std::int64_t, std::uint64_t> counted;
  for (std::int64_t round = 0; round < 4; ++round) {
    for (std::int64_t second = 0; second < 3000; ++second) {
      if (tally.add(0, 0, at(second), 1)) ++counted[second];
    }
  }
  std::map<std::uint64_t, std::uint64_t> by_load;
  for (const auto& [second, count] : counted) ++by_load[count];
  const auto loads = finish(std::move(tally));
  std::map<std::uint64_t, std::uint64_t> found;
  for (const LoadEntry& entry : loads[0].entries()) found[entry.load] += entry.seconds;
  CHECK(found == by_load);
  CHECK(by_load.size() > 1);
}

TEST_CASE("tally: one request in the far future folds nothing") {
  Tally tally(1, Tally::kMinimumOpenBytes);
  CHECK(tally.add(0, 0, at(4'000'000'000), 1));
  for (std::int64_t second = 0; second < 1000; ++second) REQUIRE(tally.add(0, 0, at(second), 1));
  for (std::int64_t second = 0; second < 1000; ++second) REQUIRE(tally.add(0, 0, at(second), 1));
}

TEST_CASE("tally: more cells in one second than memory holds are folded all the same") {
  constexpr std::size_t kRules = 10000;
  Tally tally(kRules, Tally::kMinimumOpenBytes);
  std::size_t late = 0;
  for (RuleIndex rule = 0; rule < kRules; ++rule) {
    if (!tally.add(rule, 0, at(5), 1)) ++late;
  }
  const auto loads = finish(std::move(tally));
  std::size_t counted = 0;
  for (const LoadHistogram& load : loads) counted += load.size();
  CHECK(counted + late == kRules);
  CHECK(counted >= 1000);
}
