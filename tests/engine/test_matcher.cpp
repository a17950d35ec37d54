#include <dosimeter/matcher.h>

#include "tests/engine/random_requests.h"
#include "tests/engine/random_rules.h"
#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <deque>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

/// Rules, and requests aimed at them.
struct Case {
  RuleSet rules;
  std::deque<OwnedRequest> requests;
};

std::vector<Case> random_cases(Random& random) {
  std::vector<Case> cases;
  const std::vector<RecorderKind> recorders = recorder_kinds();
  for (const std::size_t size : {0U, 1U, 5U, 25U, 25U, 64U, 65U, 255U, 256U, 257U, 400U, 800U}) {
    for (int copies = 0; copies < 3; ++copies) {
      const RecorderKind& recorder = recorders[random.below(recorders.size())];
      RandomPatterns patterns(random);
      const RuleMix mix = RuleMix::random(random, recorder.kind);
      const std::vector<RuleSpec> specs = random_rules(random, patterns, size, mix);
      std::optional<RuleSet> rules = compiled(specs, recorder);
      if (!rules) continue;
      cases.push_back({*std::move(rules), {}});
      RandomRequests requests(random, patterns, 300);
      for (int i = 0; i < 60 && !specs.empty(); ++i) {
        cases.back().requests.push_back(requests.aimed_at(specs[random.below(specs.size())]));
      }
      cases.back().requests.push_back({});
    }
  }
  return cases;
}

/// Requests of any case, known and new, against what RuleSet::match says. How many had a rule.
std::size_t check(Random& random, const std::vector<Case>& cases, Matcher& matcher,
                  std::size_t count) {
  MatchScratch scratch;
  std::size_t found = 0;
  const Case* last = &cases[0];
  for (std::size_t i = 0; i < count; ++i) {
    if (random.chance(0.1)) last = &cases[random.below(cases.size())];
    OwnedRequest request = last->requests[random.below(last->requests.size())];
    // The same text in another field: what is remembered is of one.
    if (random.chance(0.2)) std::swap(request.fields[random.below(6)], request.fields[0]);
    const RequestView view(request);
    const RuleIndex expected = matcher.rules().match(view.request(), scratch);
    const std::size_t allocations = allocation_count();
    const RuleIndex got = matcher.match(view.request());
    if (allocation_count() != allocations) FAIL("a match allocates");
    if (got != expected) {
      FAIL(matcher.rules().recorder().name << ", " << matcher.rules().rules().size() << " rules, "
                                           << described(view.request()) << ": expected " << expected
                                           << ", got " << got);
    }
    found += !matcher.rules().is_stand_in(got);
  }
  return found;
}

/// As check(), where the requests are those of the rules.
std::size_t check_own(Random& random, const Case& one, Matcher& matcher, std::size_t count) {
  return check(random, {one}, matcher, count);
}

}  // namespace

TEST_CASE("matcher: finds what its rules do, for texts known and new") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  std::size_t found = 0;
  for (const Case& one : cases) {
    Matcher matcher(one.rules);
    found += check_own(random, one, matcher, 200);
    check(random, cases, matcher, 100);
  }
  CHECK(found > 2000);
}

TEST_CASE("matcher: asks other rules when it is given them, without allocating") {
  Random random(Random::default_seed() + 1);
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  Matcher matcher(cases[0].rules);
  for (int swap = 0; swap < 200; ++swap) {
    const Case& one = cases[random.below(cases.size())];
    RuleSet rules = one.rules;
    const std::size_t allocations = allocation_count();
    matcher.set_rules(std::move(rules));
    CHECK(allocation_count() == allocations);
    check_own(random, one, matcher, 40);
    // Requests that rules before and after are asked alike.
    check(random, cases, matcher, 20);
  }
}

TEST_CASE("matcher: one that was moved, moved from, and assigned to") {
  Random random(Random::default_seed() + 2);
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  std::vector<Matcher> matchers;
  for (const Case& one : cases) matchers.emplace_back(one.rules);  // moves them as it grows
  for (int round = 0; round < 100; ++round) {
    const std::size_t from = random.below(matchers.size());
    const std::size_t to = random.below(matchers.size());
    if (from == to) continue;
    check(random, cases, matchers[from], 10);
    Matcher kept = std::move(matchers[from]);
    matchers[from] = std::move(matchers[to]);
    matchers[to] = std::move(kept);
    check(random, cases, matchers[from], 20);
    check(random, cases, matchers[to], 20);
  }
  {
    Matcher source(cases[1].rules);
    const Matcher taken = std::move(source);
    CHECK(taken.rules().rules().data() == cases[1].rules.rules().data());
  }  // both are destroyed
}
