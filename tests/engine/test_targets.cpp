#include <dosimeter/sampler.h>

#include "tests/oracle/reservoir_twins.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace dosimeter;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{1'780'000'000s};

/// Documented, but that a draw is never let keep anything here: rates are 0.
RuleSpec rule(const std::string& name, std::int64_t size, const std::string& path = "*") {
  RuleSpec spec;
  spec.name = name;
  spec.priority = name == kDefaultRuleName ? kDefaultRulePriority : 1;
  spec.reservoir_size = size;
  spec.fixed_rate = 0;
  spec.url_path = path;
  return spec;
}

RuleSet rules_of(const std::vector<RuleSpec>& specs, const Recorder& recorder = kDocumentedRecorder,
                 RuleKind kind = RuleKind::central) {
  RuleSetBuilder builder(recorder, kind);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

SamplerOptions by_targets(std::optional<TimePoint> fetched = kStart) {
  SamplerOptions options;
  options.quotas = QuotaSource::targets;
  options.rules_fetched = fetched;
  return options;
}

SamplingTarget target(const std::string& name, std::int64_t quota, TimePoint expiry) {
  SamplingTarget made;
  made.rule_name = name;
  made.reservoir_quota = quota;
  made.quota_expiry = expiry;
  return made;
}

void apply(Sampler& sampler, const SamplingTarget& target, TimePoint now = kStart) {
  sampler.apply_targets({&target, 1}, now);
}

/// How many of 20 requests at that time are sampled.
int taken(Sampler& sampler, TimePoint now, std::string_view path = "/") {
  int count = 0;
  for (int i = 0; i < 20; ++i) {
    count += sampler.decide({.url_path = path}, now, 0.5).sampled ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("targets: one a second is borrowed until a quota is there, and after it has expired") {
  Sampler sampler(rules_of({rule("r", 50)}), by_targets());
  CHECK(sampler.decide({}, kStart, 0.5).cause == Cause::borrow);
  CHECK(taken(sampler, kStart) == 0);
  CHECK(taken(sampler, kStart + 1s) == 1);
  apply(sampler, target("r", 7, kStart + 10s));
  // What was borrowed in this second is no part of the quota.
  CHECK(taken(sampler, kStart + 1s) == 7);
  CHECK(taken(sampler, kStart + 2s) == 7);
  CHECK(taken(sampler, kStart + 10s) == 7);
  CHECK(taken(sampler, kStart + 10s + 1ns) == 1);
  CHECK(taken(sampler, kStart + 11s) == 1);
  apply(sampler, target("r", 0, kStart + 20s));
  CHECK(taken(sampler, kStart + 12s) == 0);
}

TEST_CASE("targets: a rule without a reservoir borrows nothing and has what it is assigned") {
  Sampler sampler(rules_of({rule("r", 0)}), by_targets());
  CHECK(taken(sampler, kStart) == 0);
  apply(sampler, target("r", 3, kStart + 10s));
  CHECK(taken(sampler, kStart) == 3);
}

TEST_CASE("targets: a target's rate holds until the rules are fetched again") {
  Sampler sampler(rules_of({rule("r", 0)}), by_targets());
  SamplingTarget brings_rate;
  brings_rate.rule_name = "r";
  brings_rate.fixed_rate = Rate::from(0.75).value();
  apply(sampler, brings_rate);
  const Decision kept = sampler.decide({}, kStart, 0.5);
  CHECK(kept.cause == Cause::rate);
  CHECK(kept.probability == 0.75);
  apply(sampler, target("r", 0, kStart + 10s));
  CHECK(sampler.decide({}, kStart, 0.5).cause == Cause::rate);
  sampler.swap_rules(rules_of({rule("r", 0)}), kStart + 1s);
  CHECK(sampler.decide({}, kStart + 1s, 0.5).cause == Cause::refused_by_rate);
}

TEST_CASE("targets: a boosted rate while it lasts") {
  Sampler sampler(rules_of({rule("r", 0)}), by_targets());
  SamplingTarget boost;
  boost.rule_name = "r";
  boost.boost_rate = Rate::from(0.75).value();
  boost.boost_expiry = kStart + 5s;
  apply(sampler, boost);
  CHECK(sampler.decide({}, kStart + 4s, 0.5).probability == 0.75);
  CHECK(sampler.decide({}, kStart + 5s, 0.5).cause == Cause::refused_by_rate);
}

TEST_CASE("targets: other names change nothing, and of several for one rule the last counts") {
  Sampler sampler(rules_of({rule("a", 9, "/a"), rule("b", 9, "/b")}), by_targets());
  const std::array<SamplingTarget, 5> targets = {
      target("nobody", 4, kStart + 10s), target("", 4, kStart + 10s), target("a", 4, kStart + 10s),
      target("a", 6, kStart + 10s), target(std::string(kLocalSamplerName), 4, kStart + 10s)};
  sampler.apply_targets(targets, kStart);
  CHECK(taken(sampler, kStart, "/a") == 6);
  CHECK(taken(sampler, kStart, "/b") == 1);
  CHECK(sampler.rule_id("nobody") == kNoRule);
  sampler.apply_targets({}, kStart);
  CHECK(taken(sampler, kStart + 1s, "/a") == 6);
}

TEST_CASE("targets: those that come out of order count as they come") {
  Sampler sampler(rules_of({rule("r", 9)}), by_targets());
  apply(sampler, target("r", 6, kStart + 20s), kStart + 10s);
  apply(sampler, target("r", 3, kStart + 15s), kStart + 5s);
  CHECK(taken(sampler, kStart + 12s) == 3);
  CHECK(taken(sampler, kStart + 16s) == 1);
}

TEST_CASE("targets: a rule that left and comes back begins anew") {
  Sampler sampler(rules_of({rule("r", 9)}), by_targets());
  apply(sampler, target("r", 6, kStart + 100s));
  CHECK(taken(sampler, kStart) == 6);
  sampler.swap_rules(rules_of({rule("other", 9)}), kStart + 1s);
  apply(sampler, target("r", 8, kStart + 100s));
  sampler.swap_rules(rules_of({rule("r", 9)}), kStart + 2s);
  CHECK(taken(sampler, kStart + 2s) == 1);
}

TEST_CASE("targets: quotas out of range count as the nearest in it") {
  Sampler sampler(rules_of({rule("r", 9)}), by_targets());
  apply(sampler, target("r", -5, kStart + 10s));
  CHECK(taken(sampler, kStart) == 0);
  apply(sampler, target("r", std::numeric_limits<std::int64_t>::max(), kStart + 10s));
  CHECK(taken(sampler, kStart) == 20);
  apply(sampler, target("r", 5, TimePoint::min()));
  CHECK(taken(sampler, kStart + 1s) == 1);
  apply(sampler, target("r", std::numeric_limits<std::int64_t>::max(), TimePoint::max()));
  sampler.swap_rules(rules_of({rule("r", 9)}), TimePoint::max() - 1s);
  CHECK(taken(sampler, TimePoint::max()) == 20);
}

TEST_CASE("targets: whole reservoirs and local rules take none") {
  Sampler whole(rules_of({rule("r", 9)}));
  apply(whole, target("r", 2, kStart + 10s));
  CHECK(taken(whole, kStart) == 9);
  CHECK(taken(whole, kStart + 7200s) == 9);

  const Recorder& python = *find_recorder("xray-python");
  Sampler local(rules_of({rule("r", 9)}, python, RuleKind::local), by_targets(std::nullopt));
  apply(local, target("r", 2, kStart + 10s));
  CHECK(taken(local, kStart) == 9);
}

TEST_CASE("targets: rules more than an hour old are not used, and are again when fetched") {
  Sampler sampler(rules_of({rule("r", 9)}), by_targets());
  apply(sampler, target("r", 6, kStart + 10'000s));
  CHECK(taken(sampler, kStart + 3600s) == 6);
  const Decision stale = sampler.decide({}, kStart + 3600s + 1ns, 0.5);
  CHECK(sampler.rule_name(stale.rule) == kLocalSamplerName);
  CHECK(stale.cause == Cause::reservoir);
  CHECK(taken(sampler, kStart + 3600s + 1ns) == 0);
  // Without a time rules are no younger than those before.
  sampler.swap_rules(rules_of({rule("r", 9)}));
  CHECK(taken(sampler, kStart + 3601s) == 1);
  sampler.swap_rules(rules_of({rule("r", 9)}), kStart + 3601s);
  CHECK(taken(sampler, kStart + 3601s) == 6);
  // Nothing of what was decided by the rules fallen back on is reported.
  const auto statistics = sampler.take_statistics(kStart + 3602s);
  REQUIRE(statistics.size() == 1);
  CHECK(statistics[0].requests == 40);
  CHECK(statistics[0].sampled == 12);
}

TEST_CASE("targets: without rules yet, and where none matches, the fallback decides") {
  const Recorder& python = *find_recorder("xray-python");
  SamplerOptions options = by_targets(std::nullopt);
  options.fallback =
      rules_of({rule("local", 4, "/a"), rule("Default", 2)}, python, RuleKind::local);
  RuleSpec central_default = rule("Default", 50);
  Sampler sampler(rules_of({central_default}, python), options);
  CHECK(taken(sampler, kStart, "/a") == 4);
  CHECK(taken(sampler, kStart, "/b") == 2);
  sampler.swap_rules(rules_of({rule("r", 9, "/r")}, python), kStart);
  CHECK(taken(sampler, kStart + 1s, "/a") == 4);
  CHECK(taken(sampler, kStart + 1s, "/r") == 1);
  CHECK(sampler.rule_name(sampler.decide({.url_path = "/r"}, kStart, 0.5).rule) == "r");
}

TEST_CASE("targets: what begins by itself begins when the recorder is made") {
  const auto at = [](std::int64_t milliseconds) {
    return TimePoint(std::chrono::milliseconds(1'780'000'000'000 + milliseconds));
  };
  const Recorder& java = *find_recorder("xray-java");
  RuleSpec spec;
  spec.name = std::string(kDefaultRuleName);
  spec.reservoir_size = 1;
  spec.fixed_rate = 0;
  const auto local = [&] {
    return RuleSetBuilder(java, RuleKind::local).add(Rule::from(spec).value()).build().value();
  };
  const auto takes = [&](Sampler& sampler, std::int64_t milliseconds) {
    return sampler.decide({}, at(milliseconds), 0.5).cause == Cause::reservoir;
  };
  // Its first second ends a second after that, whenever the first request comes.
  Sampler loaded(local(), {.began = at(0)});
  CHECK(takes(loaded, 900));
  CHECK(takes(loaded, 1000));
  CHECK_FALSE(takes(loaded, 1999));
  // Nobody knows when it was loaded.
  Sampler unknown(local());
  CHECK(takes(unknown, 900));
  CHECK_FALSE(takes(unknown, 1000));

  SamplerOptions asks{.quotas = QuotaSource::targets};
  asks.began = at(0);
  Sampler without_rules(RuleSetBuilder(java).build().value(), asks);
  CHECK(takes(without_rules, 900));
  CHECK(takes(without_rules, 1000));
}

TEST_CASE("targets: each recorder falls back as it does") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const Recorder& recorder : recorders()) {
    if (!recorder.reads_central_rules) continue;
    CAPTURE(recorder.name);
    SamplerOptions options = by_targets(std::nullopt);
    Sampler sampler(rules_of({rule("Default", 50)}, recorder), options);
    const bool local = recorder.local.has_value();
    const oracle::SamplingTwin sampling = oracle::sampling_twin(recorder.name, local);
    const auto reservoir = sampling.reservoir();
    auto* ticks = dynamic_cast<oracle::TickTwin*>(reservoir.get());
    std::int64_t now = kStart.time_since_epoch().count();
    int sampled = 0;
    for (int i = 0; i < 2000; ++i) {
      now += static_cast<std::int64_t>(random.below(500'000'000));
      if (random.chance(0.1)) now += 1'500'000'000;
      const double draw = random.chance(0.1) ? 0.05 : random.unit();
      const bool takes = ticks != nullptr ? ticks->take(now, 1, true) : reservoir->take(now, 1);
      const bool expected = takes || sampling.draw.keeps(draw, 0.05);
      const Decision made = sampler.decide({}, TimePoint(std::chrono::nanoseconds(now)), draw);
      REQUIRE(made.sampled == expected);
      REQUIRE(made.probability == (takes ? 1.0 : sampling.draw.chance(0.05)));
      sampled += expected ? 1 : 0;
    }
    CHECK(sampled > 500);
    CHECK(sampler.take_statistics().size() == 1);
    CHECK(sampler.take_statistics()[0].requests == 0);
  }
}

TEST_CASE("targets: one recorder forgets everything when any rule has changed") {
  const Recorder& java = *find_recorder("otel-java");
  const std::vector<RuleSpec> before = {rule("a", 9, "/a"), rule("b", 9, "/b")};
  std::vector<RuleSpec> after = before;
  Sampler sampler(rules_of(before, java), by_targets());
  apply(sampler, target("a", 6, kStart + 1000s));
  sampler.swap_rules(rules_of(before, java), kStart + 1s);
  CHECK(taken(sampler, kStart + 2s, "/a") == 6);
  after[1].fixed_rate = 0.1;
  sampler.swap_rules(rules_of(after, java), kStart + 3s);
  const Decision anew = sampler.decide({.url_path = "/a"}, kStart + 4s, 0.5);
  CHECK(anew.cause == Cause::borrow);
}

TEST_CASE("targets: rules of another recorder find reservoirs that are as new") {
  // Of every pair, back and forth, so that the first one's come back as well.
  for (const QuotaSource source : {QuotaSource::whole_reservoirs, QuotaSource::targets}) {
    for (const Recorder& one : recorders()) {
      for (const Recorder& other : recorders()) {
        SamplerOptions options = by_targets();
        options.quotas = source;
        Sampler sampler(rules_of({rule("r", 9)}, one), options);
        TimePoint now = kStart;
        for (const Recorder* next : {&other, &one, &other}) {
          static_cast<void>(taken(sampler, now));
          static_cast<void>(taken(sampler, now + 3s));
          now += 10s;
          sampler.swap_rules(rules_of({rule("r", 9)}, *next), now);
          options.rules_fetched = now;
          Sampler fresh(rules_of({rule("r", 9)}, *next), options);
          CAPTURE(one.name, other.name, next->name);
          // A bucket that is empty to begin with has filled by the second time.
          static_cast<void>(taken(sampler, now + 2s));
          static_cast<void>(taken(fresh, now + 2s));
          const int expected = taken(fresh, now + 5s);
          CHECK(expected > 0);
          CHECK(taken(sampler, now + 5s) == expected);
        }
      }
    }
  }
}

TEST_CASE("targets: a Decider decides by the old ones or the new, and allocates nothing") {
  Sampler sampler(rules_of({rule("r", 9)}), by_targets());
  Decider decider = sampler.decider();
  for (int second = 0; second < 50; ++second) {
    const TimePoint now = kStart + std::chrono::seconds(second);
    apply(sampler, target("r", second % 7, kStart + 1000s), now);
    const std::size_t before = allocation_count() + deallocation_count();
    int sampled = 0;
    for (int i = 0; i < 20; ++i) sampled += decider.decide({}, now, 0.5).sampled ? 1 : 0;
    CHECK(allocation_count() + deallocation_count() == before);
    CHECK(sampled == second % 7);
  }
}

TEST_CASE("targets: where memory runs out nothing has changed") {
  const Recorder& python = *find_recorder("otel-python");
  Sampler sampler(rules_of({rule("a", 9, "/a"), rule("b", 9, "/b")}, python),
                  by_targets(kStart - 5s));
  apply(sampler, target("a", 4, kStart + 1000s), kStart - 2s);
  const std::array<SamplingTarget, 2> targets = {target("a", 6, kStart + 1000s),
                                                 target("b", 6, kStart + 1000s)};
  std::size_t failures = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    const TimePoint now = kStart + std::chrono::seconds(10 * allowed);
    bool failed = false;
    try {
      const AllocationLimit limit(allowed);
      sampler.apply_targets(targets, now - 2s);
    } catch (const std::bad_alloc&) {
      failed = true;
    }
    CHECK(taken(sampler, now, "/a") == (failed ? 4 : 6));
    CHECK(taken(sampler, now, "/b") == (failed ? 1 : 6));
    if (!failed) break;
    ++failures;
  }
  CHECK(failures > 3);
}

TEST_CASE("targets: while Deciders decide, no second has more than the larger quota and a loan") {
  for (const char* name : {"xray-python", "otel-js", "otel-java", "otel-go", "otel-python"}) {
    const Recorder& recorder = *find_recorder(name);
    constexpr int kThreads = 3;
    constexpr int kSeconds = 200;
    constexpr int kLarger = 5;
    Sampler sampler(rules_of({rule("r", 50)}, recorder), by_targets());
    std::atomic<int> total{0};
    std::atomic<int> arrived{0};
    std::atomic<int> deciding{kThreads};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        Decider decider = sampler.decider();
        int mine = 0;
        for (int second = 0; second < kSeconds; ++second) {
          // All wait for the last: a second that is over is never used again.
          arrived.fetch_add(1);
          while (arrived.load() < kThreads * (second + 1)) std::this_thread::yield();
          const TimePoint now = kStart + std::chrono::seconds(second);
          for (int i = 0; i < 30; ++i) mine += decider.decide({}, now, 0.5).sampled ? 1 : 0;
        }
        total += mine;
        --deciding;
      });
    }
    int applied = 0;
    while (deciding.load() > 0) {
      const TimePoint now = kStart + std::chrono::seconds(arrived.load() / kThreads);
      apply(sampler, target("r", 2 + applied % 4, kStart + 1000s), now);
      ++applied;
      if (applied % 3 == 0) sampler.swap_rules(rules_of({rule("r", 50)}, recorder), now);
      if (applied % 5 == 0) static_cast<void>(sampler.take_statistics());
      std::this_thread::yield();
    }
    for (std::thread& thread : threads) thread.join();
    CAPTURE(name, applied);
    // A bucket that begins full with every target has its quota again with each.
    const int anew = recorder.quota.target_reservoir == TargetReservoir::starts_anew ? applied : 0;
    CHECK(total <= (kSeconds + 1 + anew) * (kLarger + 1));
  }
}
