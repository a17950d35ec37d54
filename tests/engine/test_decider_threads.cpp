#include <dosimeter/sampler.h>

#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <atomic>
#include <map>
#include <thread>

using namespace dosimeter;
using namespace dosimeter::test;

/// Deciders of several threads while rules are swapped without end.
namespace {

/// Rules of one letter, of which each request has one under each set.
std::vector<RuleSpec> rules_of(char letter, std::size_t count, const char* pattern_end) {
  std::vector<RuleSpec> specs;
  for (std::size_t i = 0; i < count; ++i) {
    RuleSpec spec = numbered_rule(i);
    spec.name[0] = letter;
    spec.fixed_rate = 0.5;
    spec.reservoir_size = static_cast<std::int64_t>(i % 3);
    spec.host = i % 2 == 0 ? "*" : "*.example";
    spec.url_path = "/" + std::to_string(i % 10) + pattern_end + std::to_string(i / 10) + "*";
    specs.push_back(spec);
  }
  return specs;
}

}  // namespace

TEST_CASE("decider: threads decide by a set that was in force, and every decision is counted") {
  constexpr std::size_t kThreads = 3;
  constexpr std::size_t kDecisions = 6'000;
  const RecorderKind documented = {&kDocumentedRecorder, RuleKind::central};
  std::vector<std::unique_ptr<CheckedRules>> sets;
  sets.push_back(std::make_unique<CheckedRules>(rules_of('a', 20, "/*"), documented));
  sets.push_back(std::make_unique<CheckedRules>(rules_of('b', 300, "/x"), documented));
  sets.push_back(std::make_unique<CheckedRules>(
      rules_of('c', 60, "?*"), RecorderKind{find_recorder("otel-java"), RuleKind::central}));
  sets.push_back(std::make_unique<CheckedRules>(rules_of('d', 1, "/x*"), documented));

  // More texts than a Decider is likely to hold, and what becomes of them under each set.
  std::vector<OwnedRequest> owned;
  for (std::size_t i = 0; i < 3'000; ++i) {
    OwnedRequest& request = owned.emplace_back();
    request.field(Field::host) =
        (i % 7 == 0 ? "H" : "h") + std::to_string(i % 500) + (i % 3 == 0 ? ".example" : ".Example");
    request.field(Field::url_path) =
        "/" + std::to_string(i % 10) + (i % 2 == 0 ? "/x" : "/X") + std::to_string(i / 10 % 40);
  }
  std::vector<std::unique_ptr<RequestView>> requests;
  for (const OwnedRequest& request : owned)
    requests.push_back(std::make_unique<RequestView>(request));
  Sampler sampler(sets[0]->rules());
  for (const auto& set : sets) sampler.swap_rules(set->rules());  // each name has its number now
  std::vector<std::vector<RuleId>> expected(requests.size());     // [request][set]
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (const auto& set : sets) {
      expected[i].push_back(sampler.rule_id(set->expected(requests[i]->request())));
    }
  }

  std::atomic<std::size_t> running{kThreads};
  std::atomic<std::size_t> wrong{0};
  std::atomic<std::size_t> allocating{0};
  std::vector<std::map<std::uint32_t, std::uint64_t>> asked(kThreads);  // [thread], by rule
  std::vector<std::uint64_t> sampled(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Decider decider = sampler.decider();
      Random random(t);
      for (std::size_t i = 0; i < kDecisions; ++i) {
        const std::size_t which = random.below(random.chance(0.5) ? 20 : requests.size());
        const Request& request = requests[which]->request();
        const TimePoint now{std::chrono::seconds(i / 100)};
        const double draw = random.unit();
        const std::size_t allocations = allocation_count();
        const Decision decision =
            i % 5 == 0 ? sampler.decide(request, now, draw) : decider.decide(request, now, draw);
        if (allocation_count() != allocations) ++allocating;
        const auto& possible = expected[which];
        if (std::find(possible.begin(), possible.end(), decision.rule) == possible.end()) ++wrong;
        ++asked[t][decision.rule.value];
        if (decision.sampled) ++sampled[t];
      }
      --running;
    });
  }
  std::map<std::uint32_t, std::uint64_t> reported;
  std::uint64_t reported_sampled = 0;
  const auto add_reports = [&] {
    for (const RuleStatistics& rule : sampler.take_statistics()) {
      reported[rule.rule.value] += rule.requests;
      reported_sampled += rule.sampled;
    }
  };
  Random random;
  for (std::size_t swap = 0; running > 0; ++swap) {
    sampler.swap_rules(sets[random.below(sets.size())]->rules());
    if (swap % 8 == 0) add_reports();
    std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();
  add_reports();

  CHECK(wrong == 0);
  CHECK(allocating == 0);
  std::uint64_t all_sampled = 0;
  for (const std::uint64_t of_thread : sampled) all_sampled += of_thread;
  CHECK(reported_sampled == all_sampled);
  for (const auto& of_thread : asked) {
    for (const auto& [rule, count] : of_thread) reported[rule] -= count;
  }
  for (const auto& [rule, count] : reported) {
    INFO(sampler.rule_name(RuleId{rule}));
    REQUIRE(count == 0);
  }

  // Once nobody swaps, every Decider is at the last set.
  Decider first = sampler.decider();
  for (std::size_t set = 0; set < sets.size(); ++set) {
    sampler.swap_rules(sets[set]->rules());
    Decider second = sampler.decider();
    for (std::size_t i = 0; i < requests.size(); i += 17) {
      const Request& request = requests[i]->request();
      REQUIRE(first.decide(request, TimePoint{}, 0.5).rule == expected[i][set]);
      REQUIRE(second.decide(request, TimePoint{}, 0.5).rule == expected[i][set]);
      REQUIRE(sampler.decide(request, TimePoint{}, 0.5).rule == expected[i][set]);
    }
  }
}
