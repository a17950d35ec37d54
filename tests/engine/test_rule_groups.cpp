#include "engine/src/rule_groups.h"
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
  double accepted = 0.3;       // of a rule with attributes, by half of the requests
  double with_attributes = 0.5;
  double unlisted = 0;  // of a field of a request not to be listed
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
    row.attributes_count = random.chance(shape.with_attributes) ? 1 : 0;
  }
  return rows;
}

/// By Field.
using RequestMatches = std::array<FieldMatches, kFieldCount>;

/// A request: what it matches, and the rules whose attributes it has.
class Asked {
 public:
  Asked(Random& random, const Shape& shape, const std::vector<RuleRow>& rows) : rows_(rows) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      std::vector<PatternId>& own = patterns_[field];
      for (std::size_t p = 0; p < shape.patterns[field]; ++p) {
        if (random.chance(shape.matched)) own.push_back(static_cast<PatternId>(p));
      }
      // In any order.
      for (std::size_t i = own.size(); i > 1; --i) std::swap(own[i - 1], own[random.below(i)]);
      if (own.size() > shape.most_matched) own.resize(shape.most_matched);
      const bool every = random.chance(shape.every_matched);
      matches_[field] = every ? FieldMatches::all() : FieldMatches::of(own);
      listed_[field] = !random.chance(shape.unlisted);
    }
    const double chance = random.chance(0.5) ? 1 : shape.accepted;
    for (std::size_t i = 0; i < shape.rules; ++i) has_attributes_.push_back(random.chance(chance));
  }
  Asked(const Asked&) = delete;  // matches_ views patterns_
  Asked& operator=(const Asked&) = delete;

  [[nodiscard]] const FieldMatches& all(std::size_t field) const { return matches_[field]; }
  const FieldMatches* matches(std::size_t field) {
    return listed_[field] ? &matches_[field] : nullptr;
  }
  bool passes(std::size_t field, PatternId pattern) { return matches_[field].contains(pattern); }
  bool passes_attributes(std::uint32_t rule) {
    if (rows_[rule].attributes_count == 0) FAIL("asked for attributes of a rule without");
    return has_attributes_[rule];
  }

  [[nodiscard]] bool passes_rule(std::uint32_t rule) const {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      const PatternId wanted = rows_[rule].patterns[field];
      if (wanted != kEveryRequest && !matches_[field].contains(wanted)) return false;
    }
    return rows_[rule].attributes_count == 0 || has_attributes_[rule];
  }

 private:
  const std::vector<RuleRow>& rows_;
  std::array<std::vector<PatternId>, kFieldCount> patterns_;
  RequestMatches matches_;
  std::array<bool, kFieldCount> listed_{};
  std::vector<bool> has_attributes_;
};

/// The fields of the groups are always listed.
RuleGroups::Outcome searched(const RuleGroups& groups, Asked& asked, std::uint32_t& best) {
  const auto [first, second] = groups.fields();
  return groups.search(asked.all(first), asked.all(second), asked, best);
}

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
  const RuleGroups groups(rows, rules);
  for (std::size_t i = 0; i < requests; ++i) {
    Asked asked(random, shape, rows);
    const auto known = random.chance(0.7) ? static_cast<std::uint32_t>(shape.rules)
                                          : static_cast<std::uint32_t>(random.below(shape.rules));
    std::uint32_t expected = known;
    for (const std::uint32_t rule : rules) {
      if (rule < expected && asked.passes_rule(rule)) expected = rule;
    }
    std::uint32_t best = known;
    const auto outcome = searched(groups, asked, best);
    if (outcome == RuleGroups::Outcome::gave_up) {
      ++seen.gave_up;
      // What it had found until then is good, and nothing before the first is.
      const bool is_good = best == known || (best < known && asked.passes_rule(best));
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

TEST_CASE("rule groups: finds the first rule that a loop over all does") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  for (int round = 0; round < 600; ++round) check(random, random_shape(random), 20, seen);
  CHECK(seen.found > 1000);
  CHECK(seen.not_there > 1000);
  CHECK(seen.gave_up * 20 < seen.found + seen.not_there);
}

TEST_CASE("rule groups: gives up where a request is good for too much of it") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  const Shape shape{3000, {40, 40, 40, 40, 40, 40}, 0.05, 0.6, 40, 0.1, 0.001, 1};
  for (int round = 0; round < 20; ++round) check(random, shape, 10, seen);
  CHECK(seen.gave_up > 20);
}

TEST_CASE("rule groups: does not give up on what requests usually match") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  const Shape shape{3000, {60, 4, 100, 5, 300, 2}, 0.4, 0.02, 6, 0};
  for (int round = 0; round < 10; ++round) check(random, shape, 50, seen);
  CHECK(seen.gave_up == 0);
  CHECK(seen.found > 100);
}

TEST_CASE("rule groups: fields that cannot be listed") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  for (int round = 0; round < 300; ++round) {
    Shape shape = random_shape(random);
    shape.unlisted = 0.2;
    check(random, shape, 20, seen);
  }
  CHECK(seen.found > 500);
  CHECK(seen.gave_up > 100);
}

TEST_CASE("rule groups: rules that two fields do not tell apart") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  // A third each by one field alone.
  for (int round = 0; round < 20; ++round) {
    const Shape shape{1500, {400, 1, 400, 1, 400, 1}, 0.66, 0.01, 8, 0.02};
    check(random, shape, 30, seen);
  }
  CHECK(seen.gave_up == 0);
  CHECK(seen.found > 100);
}

TEST_CASE("rule groups: of no rules finds none") {
  Random random;
  const std::vector<RuleRow> rows;
  Asked asked(random, {0, {1, 1, 1, 1, 1, 1}, 0, 1}, rows);
  std::uint32_t best = 7;
  CHECK(searched(RuleGroups(), asked, best) == RuleGroups::Outcome::found);
  CHECK(searched(RuleGroups({}, {}), asked, best) == RuleGroups::Outcome::found);
  CHECK(best == 7);
}

TEST_CASE("rule groups: a rule that asks for nothing is found, whatever a request has") {
  std::vector<RuleRow> rows(3);
  for (RuleRow& row : rows) row.patterns.fill(kEveryRequest);
  rows[0].patterns[3] = 0;
  rows[1].attributes_count = 1;
  const std::vector<std::uint32_t> rules = {0, 1, 2};
  const RuleGroups groups(rows, rules);
  Random random;
  std::array<std::size_t, 3> found{};
  for (int i = 0; i < 200; ++i) {
    Asked asked(random, {3, {1, 1, 1, 1, 1, 1}, 0, 0.5}, rows);
    std::uint32_t best = 3;
    REQUIRE(searched(groups, asked, best) == RuleGroups::Outcome::found);
    REQUIRE(best < 3);
    for (std::uint32_t rule = 0; rule < best; ++rule) REQUIRE_FALSE(asked.passes_rule(rule));
    ++found[best];
  }
  for (const std::size_t count : found) CHECK(count > 0);
}
