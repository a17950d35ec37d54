#include "tests/c_interface/given_rules.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"

#include <dosimeter.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

dosimeter_sampler* sampler_of(const std::vector<RuleSpec>& specs) {
  dosimeter_rule_set* rule_set = make(specs);
  dosimeter_sampler* sampler = nullptr;
  REQUIRE(dosimeter_sampler_create(rule_set, &sampler) == DOSIMETER_OK);
  dosimeter_rule_set_destroy(rule_set);
  return sampler;
}

std::vector<dosimeter_rule_statistics> rules_of(const dosimeter_statistics* statistics) {
  std::vector<dosimeter_rule_statistics> rules(dosimeter_statistics_rule_count(statistics));
  for (size_t i = 0; i < rules.size(); ++i) {
    REQUIRE(dosimeter_statistics_rule(statistics, i, &rules[i]) == DOSIMETER_OK);
  }
  return rules;
}

dosimeter_request request_of(std::string_view service_name = "") {
  dosimeter_request request;
  dosimeter_request_init(&request);
  request.service_name = c_text(service_name);
  return request;
}

constexpr std::int64_t kSecond = 1'000'000'000;

}  // namespace

TEST_CASE("c sampler: statistics and numbers belong to a rule's name") {
  dosimeter_sampler* sampler = sampler_of({named("a", 1, 0, 1), named("b", 2)});
  dosimeter_decider* decider = nullptr;
  REQUIRE(dosimeter_decider_create(sampler, &decider) == DOSIMETER_OK);
  const dosimeter_request request = request_of();
  dosimeter_decision decision;
  for (int i = 0; i < 3; ++i) {
    REQUIRE(dosimeter_decider_decide(decider, &request, 0, 0.5, &decision) == DOSIMETER_OK);
    CHECK(decision.sampled == (i == 0 ? 1 : 0));
    CHECK(decision.cause == (i == 0 ? DOSIMETER_CAUSE_RESERVOIR : DOSIMETER_CAUSE_REFUSED_BY_RATE));
  }
  uint32_t a = 7;
  REQUIRE(dosimeter_sampler_rule_id(sampler, c_text("a"), &a) == DOSIMETER_OK);
  CHECK(a == decision.rule);
  uint32_t unknown = 7;
  REQUIRE(dosimeter_sampler_rule_id(sampler, c_text("new"), &unknown) == DOSIMETER_OK);
  CHECK(unknown == DOSIMETER_NO_RULE);
  dosimeter_text name_of_a;
  REQUIRE(dosimeter_sampler_rule_name(sampler, a, &name_of_a) == DOSIMETER_OK);
  CHECK(words(name_of_a) == "a");
  CHECK(name_of_a.data[1] == '\0');

  dosimeter_rule_set* other = make({named("new", 1, 1, 0)});
  REQUIRE(dosimeter_sampler_swap_rules(sampler, other) == DOSIMETER_OK);
  dosimeter_rule_set_destroy(other);
  REQUIRE(dosimeter_decider_decide(decider, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  CHECK(decision.cause == DOSIMETER_CAUSE_RATE);
  dosimeter_text name;
  REQUIRE(dosimeter_sampler_rule_name(sampler, decision.rule, &name) == DOSIMETER_OK);
  CHECK(words(name) == "new");
  dosimeter_text again;
  REQUIRE(dosimeter_sampler_rule_name(sampler, a, &again) == DOSIMETER_OK);
  CHECK(again.data == name_of_a.data);  // valid as long as the sampler
  for (const uint32_t never : {decision.rule + 1, DOSIMETER_NO_RULE}) {
    REQUIRE(dosimeter_sampler_rule_name(sampler, never, &name) == DOSIMETER_OK);
    CHECK(name.data == nullptr);
  }

  dosimeter_statistics* statistics = nullptr;
  REQUIRE(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
  dosimeter_decider_destroy(decider);
  dosimeter_sampler_destroy(sampler);  // both outlived by the report
  const auto rules = rules_of(statistics);
  REQUIRE(rules.size() == 3);
  CHECK(words(rules[0].name) == "new");
  CHECK(rules[0].requests == 1);
  CHECK(rules[0].sampled == 1);
  CHECK(words(rules[1].name) == "Default");
  CHECK(words(rules[2].name) == "a");
  CHECK(rules[2].name.data[1] == '\0');
  CHECK(rules[2].rule == a);
  CHECK(rules[2].requests == 3);
  CHECK(rules[2].sampled == 1);
  CHECK(rules[2].borrowed == 0);
  dosimeter_rule_statistics past = rules[0];
  CHECK(dosimeter_statistics_rule(statistics, 3, &past) == DOSIMETER_BAD_ARGUMENT);
  CHECK(past.name.data == nullptr);
  CHECK(past.requests == 0);
  CHECK(dosimeter_statistics_rule(statistics, 0, nullptr) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_statistics_destroy(statistics);
}

TEST_CASE("c sampler: a decider may outlive its sampler, and its counts are kept") {
  dosimeter_sampler* sampler = sampler_of({named("a", 1, 1, 0)});
  dosimeter_decider* early = nullptr;
  dosimeter_decider* late = nullptr;
  REQUIRE(dosimeter_decider_create(sampler, &early) == DOSIMETER_OK);
  REQUIRE(dosimeter_decider_create(sampler, &late) == DOSIMETER_OK);
  const dosimeter_request request = request_of();
  dosimeter_decision decision;
  REQUIRE(dosimeter_decider_decide(early, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  dosimeter_decider_destroy(early);
  dosimeter_statistics* statistics = nullptr;
  REQUIRE(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
  CHECK(rules_of(statistics)[0].requests == 1);
  dosimeter_statistics_destroy(statistics);
  dosimeter_sampler_destroy(sampler);
  REQUIRE(dosimeter_decider_decide(late, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  CHECK(decision.sampled == 1);
  dosimeter_decider_destroy(late);
}

TEST_CASE("c sampler: wrong arguments are refused") {
  dosimeter_sampler* sampler = sampler_of({});
  dosimeter_rule_set* rule_set = make({});
  auto* made = sampler;
  CHECK(dosimeter_sampler_create(nullptr, &made) == DOSIMETER_BAD_ARGUMENT);
  CHECK(made == nullptr);
  CHECK(dosimeter_sampler_create(rule_set, nullptr) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_swap_rules(nullptr, rule_set) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_swap_rules(sampler, nullptr) == DOSIMETER_BAD_ARGUMENT);
  auto* decider = reinterpret_cast<dosimeter_decider*>(sampler);
  CHECK(dosimeter_decider_create(nullptr, &decider) == DOSIMETER_BAD_ARGUMENT);
  CHECK(decider == nullptr);
  CHECK(dosimeter_decider_create(sampler, nullptr) == DOSIMETER_BAD_ARGUMENT);
  uint32_t rule = 0;
  dosimeter_text name = c_text("x");
  CHECK(dosimeter_sampler_rule_id(nullptr, name, &rule) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_rule_id(sampler, name, nullptr) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_rule_id(sampler, {}, &rule) == DOSIMETER_OK);
  CHECK(rule == DOSIMETER_NO_RULE);
  CHECK(dosimeter_sampler_rule_name(nullptr, 0, &name) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_rule_name(sampler, 0, nullptr) == DOSIMETER_BAD_ARGUMENT);
  auto* statistics = reinterpret_cast<dosimeter_statistics*>(sampler);
  CHECK(dosimeter_sampler_take_statistics(nullptr, &statistics) == DOSIMETER_BAD_ARGUMENT);
  CHECK(statistics == nullptr);
  CHECK(dosimeter_sampler_take_statistics(sampler, nullptr) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_statistics_rule_count(nullptr) == 0);
  dosimeter_rule_statistics counted;
  CHECK(dosimeter_statistics_rule(nullptr, 0, &counted) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_statistics_destroy(nullptr);
  dosimeter_decider_destroy(nullptr);
  dosimeter_sampler_destroy(nullptr);
  dosimeter_rule_set_destroy(rule_set);
  dosimeter_sampler_destroy(sampler);
}

TEST_CASE("c sampler: where memory runs out nothing has changed and nothing is lost") {
  const auto failures_of = [](const auto& attempt) {
    std::size_t failures = 0;
    for (std::size_t allowed = 0;; ++allowed) {
      int code = DOSIMETER_OK;
      {
        const AllocationLimit limit(allowed);
        code = attempt();
      }
      if (code == DOSIMETER_OK) return failures;
      REQUIRE(code == DOSIMETER_OUT_OF_MEMORY);
      ++failures;
    }
  };
  const std::string long_name = "a name that is too long to be kept in place";
  dosimeter_rule_set* rule_set = make({named(long_name, 1, 1, 0)});
  dosimeter_rule_set* other = make({named("x" + long_name, 1, 1, 0)});
  dosimeter_sampler* sampler = nullptr;
  CHECK(failures_of([&] {
          const int code = dosimeter_sampler_create(rule_set, &sampler);
          if (code != DOSIMETER_OK && sampler != nullptr) return DOSIMETER_BAD_ARGUMENT + 0;
          return code;
        }) > 5);
  dosimeter_decider* decider = nullptr;
  CHECK(failures_of([&] { return dosimeter_decider_create(sampler, &decider); }) > 1);
  const dosimeter_request request = request_of();
  dosimeter_decision decision;
  REQUIRE(dosimeter_decider_decide(decider, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  CHECK(failures_of([&] {
          const int code = dosimeter_sampler_swap_rules(sampler, other);
          if (code != DOSIMETER_OK) {
            const AllocationLimit unlimited(1000);
            (void)dosimeter_decider_decide(decider, &request, 0, 0.5, &decision);
            if (decision.rule != 0) return DOSIMETER_BAD_ARGUMENT + 0;
          }
          return code;
        }) > 2);
  dosimeter_text name;
  CHECK(failures_of([&] { return dosimeter_sampler_rule_name(sampler, 1, &name); }) > 0);
  dosimeter_statistics* statistics = nullptr;
  CHECK(failures_of([&] { return dosimeter_sampler_take_statistics(sampler, &statistics); }) > 2);
  std::uint64_t requests = 0;
  for (const auto& rule : rules_of(statistics)) requests += rule.requests;
  CHECK(requests > 2);  // that of each failed swap
  std::uint64_t again = 0;
  dosimeter_statistics_destroy(statistics);
  REQUIRE(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
  for (const auto& rule : rules_of(statistics)) again += rule.requests;
  CHECK(again == 0);
  dosimeter_statistics_destroy(statistics);
  dosimeter_decider_destroy(decider);
  dosimeter_sampler_destroy(sampler);
  dosimeter_rule_set_destroy(rule_set);
  dosimeter_rule_set_destroy(other);
}

TEST_CASE("c sampler: threads decide while rules are swapped and statistics taken") {
  constexpr int kThreads = 3;
  constexpr int kDecisions = 20000;
  dosimeter_sampler* sampler = sampler_of({named("steady", 1, 0.5, 3)});
  std::atomic<int> running{kThreads};
  std::atomic<std::uint64_t> sampled{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      dosimeter_decider* decider = nullptr;
      if (dosimeter_decider_create(sampler, &decider) != DOSIMETER_OK) ++wrong;
      const dosimeter_request request = request_of("x");
      std::uint64_t mine = 0;
      for (int i = 0; i < kDecisions; ++i) {
        dosimeter_decision decision;
        const std::int64_t now = i / 100 * kSecond;
        const double draw = (i % 10) / 10.0;
        const int code = thread == 0
                             ? dosimeter_sampler_decide(sampler, &request, now, draw, &decision)
                             : dosimeter_decider_decide(decider, &request, now, draw, &decision);
        dosimeter_text name{nullptr, 0};
        if (code != DOSIMETER_OK) ++wrong;
        if (i % 50 == 0 && (dosimeter_sampler_rule_name(sampler, decision.rule, &name) != 0 ||
                            name.data == nullptr)) {
          ++wrong;
        }
        mine += decision.sampled;
      }
      sampled += mine;
      dosimeter_decider_destroy(decider);
      --running;
    });
  }
  std::uint64_t requests = 0;
  std::uint64_t reported = 0;
  const auto take = [&] {
    dosimeter_statistics* statistics = nullptr;
    REQUIRE(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
    for (const auto& rule : rules_of(statistics)) {
      requests += rule.requests;
      reported += rule.sampled;
    }
    dosimeter_statistics_destroy(statistics);
  };
  for (int generation = 0; running.load() > 0; ++generation) {
    dosimeter_rule_set* rules =
        make({named("rule " + std::to_string(generation % 20), 1, 0.5, 3), named("steady", 2)});
    REQUIRE(dosimeter_sampler_swap_rules(sampler, rules) == DOSIMETER_OK);
    dosimeter_rule_set_destroy(rules);
    take();
  }
  for (std::thread& thread : threads) thread.join();
  take();
  CHECK(wrong == 0);
  CHECK(requests == std::uint64_t{kThreads} * kDecisions);
  CHECK(reported == sampled);
  dosimeter_sampler_destroy(sampler);
}
