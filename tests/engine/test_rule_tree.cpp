#include "engine/src/rule_tree.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;

namespace {

/// How many patterns the fields of rules have, and how many of them requests match.
struct Shape {
  std::size_t rules;
  std::array<std::size_t, kFieldCount> patterns;
  double every;  // the chance of a rule to ask nothing of a field
  double matched;
  std::size_t most_matched = 64;
  double every_matched = 0.1;  // of a request to match every pattern of a field
  double accepted = 0.3;       // of a rule, by half of the requests
};

Shape random_shape(Random& random) {
  constexpr std::size_t kRules[] = {1, 2, 4, 5, 6, 30, 100, 600};
  constexpr std::size_t kPatterns[] = {1, 2, 3, 10, 100};
  constexpr double kEvery[] = {0, 0.3, 0.7, 1};
  constexpr double kMatched[] = {0.05, 0.3, 0.9};
  Shape shape{kRules[random.below(8)], {}, kEvery[random.below(4)], kMatched[random.below(3)]};
  for (std::size_t& patterns : shape.patterns) patterns = kPatterns[random.below(5)];
  return shape;
}

std::vector<RuleRow> random_rows(Random& random, const Shape& shape) {
  std::vector<RuleRow> rows(shape.rules);
  for (RuleRow& row : rows) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      const auto pattern = static_cast<PatternId>(random.below(shape.patterns[field]));
      row.patterns[field] = random.chance(shape.every) ? kEveryRequest : pattern;
    }
  }
  return rows;
}

/// What a request matches, and the attributes it has: the rules that want others are not accepted.
struct Asked {
  std::array<std::vector<PatternId>, kFieldCount> patterns;
  RequestMatches matches;
  std::vector<bool> accepted;

  Asked(Random& random, const Shape& shape) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      std::vector<PatternId>& own = patterns[field];
      for (std::size_t p = 0; p < shape.patterns[field]; ++p) {
        if (random.chance(shape.matched)) own.push_back(static_cast<PatternId>(p));
      }
      // In any order.
      for (std::size_t i = own.size(); i > 1; --i) std::swap(own[i - 1], own[random.below(i)]);
      if (own.size() > shape.most_matched) own.resize(shape.most_matched);
      matches[field] = {random.chance(shape.every_matched), own};
    }
    const double chance = random.chance(0.5) ? 1 : shape.accepted;
    for (std::size_t i = 0; i < shape.rules; ++i) accepted.push_back(random.chance(chance));
  }
  Asked(const Asked&) = delete;  // matches views patterns
  Asked& operator=(const Asked&) = delete;

  [[nodiscard]] bool passes(const RuleRow& row) const {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      const PatternId wanted = row.patterns[field];
      const std::vector<PatternId>& own = patterns[field];
      const bool has = matches[field].every || wanted == kEveryRequest ||
                       std::find(own.begin(), own.end(), wanted) != own.end();
      if (!has) return false;
    }
    return true;
  }
};

struct Seen {
  std::size_t found = 0;
  std::size_t not_there = 0;
  std::size_t gave_up = 0;
};

void check(Random& random, const Shape& shape, std::size_t requests, Seen& seen) {
  const std::vector<RuleRow> rows = random_rows(random, shape);
  std::vector<std::uint32_t> rules;
  const double taken = random.chance(0.5) ? 1 : 0.5;
  for (std::uint32_t i = 0; i < shape.rules; ++i) {
    if (random.chance(taken)) rules.push_back(i);
  }
  const RuleTree tree(rows, rules);
  for (std::size_t i = 0; i < requests; ++i) {
    const Asked asked(random, shape);
    const auto known = random.chance(0.7) ? static_cast<std::uint32_t>(shape.rules)
                                          : static_cast<std::uint32_t>(random.below(shape.rules));
    std::uint32_t expected = known;
    for (const std::uint32_t rule : rules) {
      if (rule < expected && asked.passes(rows[rule]) && asked.accepted[rule]) expected = rule;
    }
    std::uint32_t best = known;
    const auto outcome =
        tree.search(asked.matches, best, [&](std::uint32_t rule) { return asked.accepted[rule]; });
    if (outcome == RuleTree::Outcome::gave_up) {
      ++seen.gave_up;
      // What it had found until then is good, and nothing before the first is.
      const bool is_good =
          best == known || (best < known && asked.passes(rows[best]) && asked.accepted[best]);
      if (!is_good || best < expected) FAIL("gave up with " << best << " of " << shape.rules);
      continue;
    }
    (expected < known ? seen.found : seen.not_there) += 1;
    if (best != expected) {
      FAIL("expected " << expected << ", got " << best << ", of " << shape.rules << " rules");
    }
  }
}

}  // namespace

TEST_CASE("rule tree: finds the first rule that a loop over all does") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  for (int round = 0; round < 600; ++round) check(random, random_shape(random), 20, seen);
  CHECK(seen.found > 1000);
  CHECK(seen.not_there > 1000);
  CHECK(seen.gave_up * 20 < seen.found + seen.not_there);
}

TEST_CASE("rule tree: gives up where a request is good for too much of it") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  const Shape shape{3000, {40, 40, 40, 40, 40, 40}, 0.05, 0.6, 40, 0.1, 0.001};
  for (int round = 0; round < 20; ++round) check(random, shape, 10, seen);
  CHECK(seen.gave_up > 20);
}

TEST_CASE("rule tree: does not give up on what requests usually match") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  const Shape shape{3000, {60, 4, 100, 5, 300, 2}, 0.4, 0.02, 6, 0};
  for (int round = 0; round < 10; ++round) check(random, shape, 50, seen);
  CHECK(seen.gave_up == 0);
  CHECK(seen.found > 100);
}

TEST_CASE("rule tree: of no rules finds none") {
  std::uint32_t best = 7;
  const auto accepts = [](std::uint32_t) { return true; };
  CHECK(RuleTree().search(RequestMatches{}, best, accepts) == RuleTree::Outcome::found);
  CHECK(RuleTree({}, {}).search(RequestMatches{}, best, accepts) == RuleTree::Outcome::found);
  CHECK(best == 7);
}

TEST_CASE("rule tree: a request that has every pattern of a field") {
  std::vector<RuleRow> rows(100);
  std::vector<std::uint32_t> rules;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i].patterns.fill(kEveryRequest);
    rows[i].patterns[2] = i;
    rules.push_back(i);
  }
  const RuleTree tree(rows, rules);
  RequestMatches matches;
  const auto search = [&](auto accepts) {
    std::uint32_t best = 100;
    CHECK(tree.search(matches, best, accepts) == RuleTree::Outcome::found);
    return best;
  };
  const auto any = [](std::uint32_t) { return true; };
  CHECK(search(any) == 100);
  matches[2].every = true;
  CHECK(search(any) == 0);
  CHECK(search([](std::uint32_t rule) { return rule >= 20; }) == 20);
}
