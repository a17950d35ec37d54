#include <dosimeter/sampler.h>

#include "tests/oracle/central_twins.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

using namespace dosimeter;
using oracle::CentralOutcome;
using oracle::CentralRule;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TimePoint at(std::int64_t nanoseconds) {
  return TimePoint(std::chrono::nanoseconds(nanoseconds));
}

RuleSet rules_of(const Recorder& recorder, const CentralRule& rule) {
  RuleSpec spec;
  spec.name = "r";
  spec.priority = 1;
  spec.reservoir_size = rule.size;
  spec.fixed_rate = rule.rate;
  spec.url_path = "/" + std::string(static_cast<std::size_t>(rule.edition) + 1, '*');
  return RuleSetBuilder(recorder)
      .add(Rule::from(spec).value())
      .add(Rule::shipped_default())
      .build()
      .value();
}

constexpr double kRates[] = {0, 0.25, 0.5, 1};

CentralRule random_rule(Random& random) {
  return {static_cast<std::int64_t>(random.below(3)) * 2, kRates[random.below(4)],
          static_cast<std::int64_t>(random.below(3))};
}

/// A time some seconds off, often at the beginning or the middle of one, or next to it.
std::int64_t near(Random& random, std::int64_t now) {
  std::int64_t time = now + static_cast<std::int64_t>(random.below(12 * kSecond)) - 3 * kSecond;
  if (random.chance(0.6)) {
    time = oracle::floored(time, kSecond / 2) * (kSecond / 2) +
           static_cast<std::int64_t>(random.below(3)) - 1;
  }
  return time;
}

SamplingTarget random_target(Random& random, std::int64_t now) {
  SamplingTarget target;
  target.rule_name = "r";
  if (random.chance(0.8)) target.fixed_rate = Rate::from(kRates[random.below(4)]).value();
  if (random.chance(0.8)) {
    target.reservoir_quota =
        static_cast<std::int64_t>(random.below(8)) - (random.chance(0.1) ? 9 : 0);
  }
  if (random.chance(0.8)) target.quota_expiry = at(near(random, now));
  if (random.chance(0.3)) target.boost_rate = Rate::from(kRates[random.below(4)]).value();
  if (random.chance(0.3)) target.boost_expiry = at(near(random, now));
  return target;
}

/// A while between two requests: none, a little, up to what has passed at the next half second.
std::int64_t random_gap(Random& random, std::int64_t now) {
  if (random.chance(0.3)) return 0;
  if (random.chance(0.1)) return -static_cast<std::int64_t>(random.below(2 * kSecond));
  if (random.chance(0.2)) return kSecond / 2 - (now % (kSecond / 2) + kSecond / 2) % (kSecond / 2);
  if (random.chance(0.1)) return static_cast<std::int64_t>(random.below(2 * kSecond));
  return static_cast<std::int64_t>(random.below(kSecond / 4));
}

struct Counts {
  std::uint64_t requests = 0;
  std::uint64_t sampled = 0;
  std::uint64_t borrowed = 0;

  void add(const CentralOutcome& outcome, bool counts_borrowed_twice) {
    ++requests;
    const bool is_borrowed = outcome.cause == Cause::borrow;
    if (is_borrowed) ++borrowed;
    if (outcome.sampled && (!is_borrowed || counts_borrowed_twice)) ++sampled;
  }
};

}  // namespace

TEST_CASE("targets of each recorder: quotas, loans, expiry, boosts and refreshes as its twin") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const Recorder& recorder : recorders()) {
    if (oracle::central_twin(recorder.name) == nullptr) continue;
    std::size_t quotas = 0;
    std::size_t loans = 0;
    std::size_t fallen_back = 0;
    for (int round = 0; round < 60; ++round) {
      const auto twin = oracle::central_twin(recorder.name);
      std::int64_t now = 1'780'000'000 * kSecond + static_cast<std::int64_t>(random.below(kSecond));
      CentralRule rule = random_rule(random);
      SamplerOptions options;
      options.quotas = QuotaSource::targets;
      options.rules_fetched = at(now);
      Sampler sampler(rules_of(recorder, rule), options);
      twin->fetched(rule, now);
      Counts counts;
      for (int i = 0; i < 400; ++i) {
        now += random_gap(random, now);
        if (random.chance(0.03)) {
          const SamplingTarget target = random_target(random, now);
          twin->target(target, now);
          sampler.apply_targets({&target, 1}, at(now));
        }
        if (random.chance(0.02)) {
          if (random.chance(0.5)) rule = random_rule(random);
          twin->fetched(rule, now);
          sampler.swap_rules(rules_of(recorder, rule), at(now));
        }
        if (random.chance(0.002)) now += 3600 * kSecond - (random.chance(0.5) ? kSecond : 0);

        const double draw = static_cast<double>(random.below(8)) / 8;
        const Decision decision = sampler.decide({.url_path = "/x"}, at(now), draw);
        if (twin->stale(now)) {
          CHECK(sampler.rule_name(decision.rule) == kLocalSamplerName);
          ++fallen_back;
          continue;
        }
        const CentralOutcome expected = twin->decide(now, draw);
        if (CentralOutcome{decision.sampled, decision.cause} != expected) {
          FAIL(recorder.name << ", round " << round << ", request " << i << " at " << now
                             << ": expected cause " << static_cast<int>(expected.cause) << ", got "
                             << static_cast<int>(decision.cause));
        }
        REQUIRE(sampler.rule_name(decision.rule) == "r");
        counts.add(expected, twin->counts_borrowed_twice());
        if (expected.cause == Cause::reservoir) ++quotas;
        if (expected.cause == Cause::borrow) ++loans;
      }
      const auto statistics = sampler.take_statistics(at(now));
      REQUIRE(statistics.size() == 2);
      CAPTURE(recorder.name);
      CHECK(statistics[0].name == "r");
      CHECK(statistics[0].requests == counts.requests);
      CHECK(statistics[0].sampled == counts.sampled);
      CHECK(statistics[0].borrowed == counts.borrowed);
      CHECK(statistics[0].time == at(now));
      CHECK(statistics[1].name == "Default");
      CHECK(statistics[1].requests == 0);
    }
    CAPTURE(recorder.name);
    CHECK((quotas > 500) == (recorder.quota.use == QuotaUse::used));
    CHECK(loans > 40);
    CHECK((fallen_back > 100) == (recorder.quota.stale_rules != StaleRules::never));
  }
}
