#include <dosimeter/sampler.h>

#include "tests/oracle/rule_oracle.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <atomic>
#include <map>
#include <thread>

using namespace dosimeter;
using namespace std::chrono_literals;

namespace {

RuleSpec rule(std::string name, std::int64_t priority, double fixed_rate,
              std::int64_t reservoir_size, std::string service_name = "*") {
  RuleSpec spec;
  spec.name = std::move(name);
  spec.priority = priority;
  spec.fixed_rate = fixed_rate;
  spec.reservoir_size = reservoir_size;
  spec.service_name = std::move(service_name);
  return spec;
}

RuleSet make(const std::vector<RuleSpec>& specs, const Recorder& recorder = kDocumentedRecorder) {
  RuleSetBuilder builder(recorder);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

constexpr TimePoint second(std::int64_t s) {
  return TimePoint(std::chrono::seconds(s));
}

}  // namespace

TEST_CASE("sampler: reservoir first, then the rate") {
  Sampler sampler(make({rule("r", 1, 0.25, 1)}));
  Decider decider = sampler.decider();
  const Decision taken = decider.decide({}, second(1), 0.99);
  CHECK(taken.sampled);
  CHECK(taken.cause == Cause::reservoir);
  CHECK(taken.probability == 1);
  CHECK(sampler.rule_name(taken.rule) == "r");
  const Decision kept = decider.decide({}, second(1), 0.2499);
  CHECK(kept.sampled);
  CHECK(kept.cause == Cause::rate);
  CHECK(kept.probability == 0.25);
  const Decision refused = decider.decide({}, second(1), 0.25);
  CHECK_FALSE(refused.sampled);
  CHECK(refused.cause == Cause::refused_by_rate);
  CHECK(refused.probability == 0.25);
}

TEST_CASE("sampler: a rate of 0 keeps nothing and a rate of 1 everything") {
  Sampler sampler(make({rule("none", 1, 0, 0, "none"), rule("all", 2, 1, 0, "all")}));
  CHECK_FALSE(sampler.decide({.service_name = "none"}, second(1), 0.0).sampled);
  CHECK(sampler.decide({.service_name = "all"}, second(1), 0x1.fffffffffffffp-1).sampled);
}

TEST_CASE("sampler: the draw is compared as the recorder does it") {
  Recorder at_most;
  at_most.reservoir.draw = DrawComparison::at_most_rate;
  Sampler sampler(make({rule("none", 1, 0, 0)}, at_most));
  CHECK(sampler.decide({}, second(1), 0.0).sampled);
  CHECK_FALSE(sampler.decide({}, second(1), 0x1p-53).sampled);
}

TEST_CASE("sampler: what upstream decided is not put to the rules") {
  Sampler sampler(make({rule("r", 1, 0, 1)}));
  Decider decider = sampler.decider();
  const Decision yes = decider.decide({.upstream = UpstreamDecision::sampled}, second(1), 0.9);
  CHECK(yes.sampled);
  CHECK(yes.cause == Cause::upstream);
  CHECK(yes.rule == kNoRule);
  CHECK(yes.probability == 1);
  const Decision no = decider.decide({.upstream = UpstreamDecision::not_sampled}, second(1), 0.0);
  CHECK_FALSE(no.sampled);
  CHECK(no.probability == 0);
  CHECK(sampler.take_statistics()[0].requests == 0);
  CHECK(decider.decide({}, second(1), 0.9).cause == Cause::reservoir);  // still there
  CHECK(sampler.rule_name(kNoRule).empty());
}

TEST_CASE("sampler: a recorder may consult the rules although upstream decided") {
  Recorder consults;
  consults.reservoir.decided_upstream = DecidedUpstream::consults_rules;
  Sampler sampler(make({rule("r", 1, 0, 1)}, consults));
  const Decision no = sampler.decide({.upstream = UpstreamDecision::not_sampled}, second(1), 0.9);
  CHECK_FALSE(no.sampled);
  CHECK(no.cause == Cause::upstream);
  CHECK(sampler.rule_name(no.rule) == "r");
  CHECK_FALSE(sampler.decide({}, second(1), 0.9).sampled);  // the reservoir was drained
  const auto statistics = sampler.take_statistics();
  CHECK(statistics[0].requests == 2);
  CHECK(statistics[0].sampled == 1);
}

TEST_CASE("sampler: a backward clock is the recorder's choice") {
  Recorder restarts;
  restarts.reservoir.backward_clock = BackwardClock::restarts_window;
  for (const auto& [recorder, sampled] :
       {std::pair{kDocumentedRecorder, false}, {restarts, true}}) {
    Sampler sampler(make({rule("r", 1, 0, 1)}, recorder));
    CHECK(sampler.decide({}, second(10), 0.5).sampled);
    CHECK(sampler.decide({}, second(5), 0.5).sampled == sampled);
  }
}

TEST_CASE("sampler: statistics are each rule's since they were last taken") {
  Sampler sampler(make({rule("a", 1, 0, 1, "a"), rule("b", 2, 1, 0, "b")}));
  Decider first = sampler.decider();
  {
    Decider second_decider = sampler.decider();
    for (int i = 0; i < 3; ++i) (void)first.decide({.service_name = "a"}, second(1), 0.5);
    for (int i = 0; i < 2; ++i) (void)second_decider.decide({.service_name = "b"}, second(1), 0.5);
    (void)sampler.decide({.service_name = "b"}, second(1), 0.5);
  }  // the counts of a Decider that is gone are kept
  const auto statistics = sampler.take_statistics();
  REQUIRE(statistics.size() == 3);
  CHECK(statistics[0].name == "a");
  CHECK(statistics[0].requests == 3);
  CHECK(statistics[0].sampled == 1);
  CHECK(statistics[0].borrowed == 0);
  CHECK(statistics[1].name == "b");
  CHECK(statistics[1].requests == 3);
  CHECK(statistics[1].sampled == 3);
  CHECK(statistics[2].name == "Default");
  CHECK(statistics[2].requests == 0);
  for (const auto& rule : sampler.take_statistics()) CHECK(rule.requests == 0);
}

TEST_CASE("sampler: reservoirs, counters and numbers belong to the rule's name") {
  Sampler sampler(make({rule("a", 1, 0, 2), rule("gone", 2, 0, 2)}));
  Decider decider = sampler.decider();
  const Decision before = decider.decide({}, second(1), 0.5);
  CHECK(before.cause == Cause::reservoir);
  sampler.swap_rules(make({rule("new", 1, 0, 1, "n"), rule("a", 3, 0.5, 1)}));
  const Decision after = decider.decide({.service_name = "other"}, second(1), 0.25);
  CHECK(after.rule == before.rule);
  CHECK(after.cause == Cause::rate);  // one of this second was taken before the swap
  CHECK(after.probability == 0.5);
  const Decision other = decider.decide({.service_name = "n"}, second(1), 0.5);
  CHECK(sampler.rule_name(other.rule) == "new");
  const auto statistics = sampler.take_statistics();
  REQUIRE(statistics.size() == 3);
  CHECK(statistics[0].name == "new");
  CHECK(statistics[1].name == "a");
  CHECK(statistics[1].requests == 2);
  // A rule that is gone still reports what it did, and comes back with its number.
  sampler.swap_rules(make({rule("new", 1, 0, 1)}));
  sampler.swap_rules(make({rule("a", 1, 0, 9)}));
  CHECK(decider.decide({}, second(2), 0.5).rule == before.rule);
  sampler.swap_rules(make({}));
  const auto last = sampler.take_statistics();
  REQUIRE(last.size() == 2);
  CHECK(last[0].name == "Default");
  CHECK(last[1].name == "a");
  CHECK(last[1].requests == 1);
  CHECK(sampler.rule_id("a") == before.rule);
  CHECK(sampler.rule_name(sampler.rule_id("Default")) == "Default");
  CHECK(sampler.rule_id("never given") == kNoRule);
}

TEST_CASE("sampler: a Decider may outlive its Sampler") {
  auto sampler = std::make_unique<Sampler>(make({rule("r", 1, 1, 0)}));
  Decider decider = sampler->decider();
  sampler.reset();
  CHECK(decider.decide({}, second(1), 0.5).sampled);
  Decider moved = std::move(decider);
  CHECK(moved.decide({}, second(1), 0.5).sampled);
}

TEST_CASE("sampler: deciding allocates and frees nothing, also while rules grow in number") {
  std::vector<RuleSpec> specs;
  for (int i = 0; i < 40; ++i) {
    specs.push_back(rule("r" + std::to_string(i), i, 0.5, 1, "svc-" + std::to_string(i) + "*x?z*"));
  }
  Sampler sampler(make({specs.begin(), specs.begin() + 3}));
  Decider decider = sampler.decider();
  const std::string long_path(6000, 'p');
  const Attribute attributes[] = {{"k", "v"}};
  const auto decide_all = [&] {
    for (int i = 0; i < 50; ++i) {
      const std::string name = "svc-" + std::to_string(i) + "--xyz-";
      const std::size_t before = allocation_count();
      const std::size_t freed_before = deallocation_count();
      (void)decider.decide({.service_name = name, .url_path = long_path, .attributes = attributes},
                           second(i), 0.5);
      (void)decider.decide({.service_name = "caf\xC3\xA9"}, second(i), 0.5);
      (void)sampler.decide({.service_name = name}, second(i), 0.5);
      const std::size_t after = allocation_count();
      const std::size_t freed_after = deallocation_count();
      REQUIRE(after == before);
      REQUIRE(freed_after == freed_before);
    }
  };
  decide_all();
  sampler.swap_rules(make(specs));
  decide_all();
  sampler.swap_rules(make({specs[0]}));
  decide_all();
}

TEST_CASE("sampler: a swap that runs out of memory changes nothing") {
  const std::vector<RuleSpec> before = {rule("a", 1, 0, 1), rule("b", 2, 0, 1)};
  std::vector<RuleSpec> after = {rule("a", 1, 1, 0)};
  for (int i = 0; i < 20; ++i)
    after.push_back(rule("a longer name than fits in place " + std::to_string(i), 1, 1, 1));
  Sampler sampler(make(before));
  Decider decider = sampler.decider();
  std::size_t failures = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    RuleSet rules = make(after);
    bool swapped = false;
    {
      const AllocationLimit limit(allowed);
      try {
        sampler.swap_rules(std::move(rules));
        swapped = true;
      } catch (const std::bad_alloc&) {
      }
    }
    if (swapped) break;
    ++failures;
    REQUIRE(decider.decide({}, second(static_cast<std::int64_t>(allowed)), 0.5).cause ==
            Cause::reservoir);
    REQUIRE(sampler.rules().rules().size() == 3);
    REQUIRE(sampler.take_statistics().size() == 3);
  }
  CHECK(failures > 10);
  CHECK(decider.decide({}, second(1'000'000), 0.5).sampled);
  CHECK(sampler.rules().rules().size() == 22);
}

TEST_CASE("sampler: statistics that run out of memory are not lost") {
  Sampler sampler(make({rule("a name that is too long to be kept in place", 1, 1, 0, "a"),
                        rule("another name too long to be kept in place", 2, 1, 0, "b")}));
  for (int i = 0; i < 3; ++i) (void)sampler.decide({.service_name = "a"}, second(1), 0.5);
  for (int i = 0; i < 2; ++i) (void)sampler.decide({.service_name = "b"}, second(1), 0.5);
  std::vector<RuleStatistics> report;
  std::size_t failures = 0;
  for (std::size_t allowed = 0; report.empty(); ++allowed) {
    const AllocationLimit limit(allowed);
    try {
      report = sampler.take_statistics();
    } catch (const std::bad_alloc&) {
      ++failures;
    }
  }
  CHECK(failures > 3);
  CHECK(report[0].requests == 3);
  CHECK(report[1].requests == 2);
}

TEST_CASE("sampler: random traffic against the oracle") {
  Random random;
  INFO("seed " << Random::default_seed());
  const char* services[] = {"a", "ab", "b", "c"};
  for (int round = 0; round < 50; ++round) {
    const std::vector<RuleSpec> specs = {
        rule("x", 1, random.unit(), static_cast<std::int64_t>(random.below(4)), "a*"),
        rule("y", 2, random.unit(), static_cast<std::int64_t>(random.below(4)), "?"),
        rule("Default", 3, random.unit(), static_cast<std::int64_t>(random.below(2)))};
    Sampler sampler(make(specs));
    Decider decider = sampler.decider();
    std::map<std::string, oracle::CalendarReservoir> reservoirs;
    std::map<std::string, std::uint64_t> sampled;
    std::int64_t milliseconds = 1'000'000;
    for (int i = 0; i < 400; ++i) {
      milliseconds +=
          static_cast<std::int64_t>(random.below(300)) - (random.chance(0.05) ? 900 : 0);
      const Request request{.service_name = services[random.below(4)]};
      const double draw = random.unit();
      const std::string name = oracle::selected(specs, request);
      const RuleSpec& expected =
          *std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.name == name; });
      const bool taken = reservoirs[name].take(milliseconds / 1000,
                                               static_cast<std::uint64_t>(expected.reservoir_size));
      const Decision decision =
          decider.decide(request, TimePoint(std::chrono::milliseconds(milliseconds)), draw);
      REQUIRE(sampler.rule_name(decision.rule) == name);
      REQUIRE(decision.sampled == (taken || draw < expected.fixed_rate));
      REQUIRE((decision.cause == Cause::reservoir) == taken);
      if (decision.sampled) ++sampled[name];
    }
    for (const auto& statistics : sampler.take_statistics()) {
      CHECK(statistics.sampled == sampled[statistics.name]);
    }
  }
}

TEST_CASE(
    "sampler: threads decide while rules are swapped and statistics taken, and none is lost") {
  constexpr int kThreads = 3;
  constexpr int kDecisions = 30000;
  const auto rules = [](int generation) {
    std::vector<RuleSpec> specs = {rule("steady", 5, 0.5, 3)};
    for (int i = 0; i < generation % 20; ++i) {
      specs.push_back(rule("extra" + std::to_string((generation + i) % 40), 1, 0.5, 1,
                           "svc" + std::to_string(i)));
    }
    return make(specs);
  };
  Sampler sampler(rules(0));
  std::atomic<std::uint64_t> sampled{0};
  std::atomic<int> running{kThreads};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Decider decider = sampler.decider();
      Random random(static_cast<std::uint64_t>(t));
      std::uint64_t mine = 0;
      for (int i = 0; i < kDecisions; ++i) {
        const std::string service = "svc" + std::to_string(random.below(30));
        const Request request{.service_name = service};
        const TimePoint now = second(i / 100);
        const Decision decision = i % 3 == 0 ? sampler.decide(request, now, random.unit())
                                             : decider.decide(request, now, random.unit());
        if (decision.sampled) ++mine;
      }
      sampled += mine;
      --running;
    });
  }
  std::uint64_t reported_requests = 0;
  std::uint64_t reported_sampled = 0;
  const auto add_reports = [&] {
    for (const auto& statistics : sampler.take_statistics()) {
      reported_requests += statistics.requests;
      reported_sampled += statistics.sampled;
    }
  };
  for (int generation = 1; running > 0; ++generation) {
    sampler.swap_rules(rules(generation));
    add_reports();
    Decider passing = sampler.decider();
    std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();
  add_reports();
  CHECK(reported_requests == std::uint64_t{kThreads} * kDecisions);
  CHECK(reported_sampled == sampled);
}

TEST_CASE("sampler: threads on one rule take exactly its reservoir") {
  constexpr int kThreads = 4;
  Sampler sampler(make({rule("r", 1, 0, 1000)}));
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      Decider decider = sampler.decider();
      int mine = 0;
      for (int i = 0; i < 500; ++i) mine += decider.decide({}, second(7), 0.5).sampled ? 1 : 0;
      taken += mine;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(taken == 1000);
}
