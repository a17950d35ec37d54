#include "sim/report/boost_bound.h"
#include "tests/support/catch.h"

namespace dosimeter::sim {
namespace {

Report boosted(std::int64_t cooldown_minutes, double maximum_rate, const LoadHistogram& load,
               const Recorder& recorder = {}) {
  RuleSpec spec;
  spec.name = "Default";
  spec.fixed_rate = 0.1;
  spec.sampling_rate_boost = RateBoostSpec{maximum_rate, cooldown_minutes};
  RuleSet rules = RuleSetBuilder(recorder).add(Rule::from(spec).value()).build().value();
  ReplayResult replay;
  replay.rules.resize(1);
  replay.rules[0] = {load.requests(), load};
  replay.span = InputSpan{TimePoint(), TimePoint(std::chrono::hours(1)), 2, 3};
  return make_report(std::move(rules), {}, std::move(replay), {});
}

TEST_CASE("boost bound: the busiest seconds of each hour, as many as boosts can cover") {
  // 100 seconds of 10 requests and 1,000 of 1 in one hour, 30 of 4 in another.
  const LoadHistogram load = {{0, 10, 100}, {0, 1, 1'000}, {1, 4, 30}};
  // One that begins in the hour, and one that had begun: 122 seconds.
  const Report hourly = boosted(60, 0.6, load);
  REQUIRE(hourly.boosts.size() == 1);
  CHECK(hourly.boosts[0].recorded == Approx(0.5 * (100 * 10 + 22 * 1 + 30 * 4)));
  CHECK(hourly.boosts[0].maximum_rate == 0.6);
  CHECK(hourly.boosts[0].cooldown_minutes == 60);
  REQUIRE(hourly.boosts[0].usd_per_month.has_value());
  // Without a pause all seconds are boosted.
  CHECK(boosted(0, 0.6, load).boosts[0].recorded == Approx(0.5 * (1'000 + 1'000 + 120)));
  CHECK(boosted(1, 0.6, load).boosts[0].recorded == Approx(0.5 * (1'000 + 1'000 + 120)));
  // Two in all, however long the pause: of both hours the 122 busiest seconds.
  CHECK(boosted(10'000, 0.6, load).boosts[0].recorded == Approx(0.5 * (100 * 10 + 22 * 4)));
  // A month has room for 6 of these, each of 61 seconds of 10 requests.
  CHECK(*boosted(10'000, 0.6, load).boosts[0].recorded_per_month == Approx(0.5 * 6 * 610));
}

TEST_CASE("boost bound: nothing where no boost can add anything") {
  const LoadHistogram load = {{0, 10, 100}};
  CHECK(boosted(10, 0.05, load).boosts[0].recorded == 0);
  Recorder ignores;
  ignores.quota.boosted_rate = BoostedRate::ignored;
  CHECK(boosted(10, 0.6, load, ignores).boosts.empty());
}

}  // namespace
}  // namespace dosimeter::sim
