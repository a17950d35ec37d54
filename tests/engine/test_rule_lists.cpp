#include "engine/src/bit_places.h"
#include "engine/src/rule_lists.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;

namespace {

/// How many patterns the fields of rules have, and how often a rule asks for none.
struct Shape {
  std::size_t rules;
  std::array<std::size_t, kFieldCount> patterns;
  double every;
  double with_attributes = 0.2;
};

Shape random_shape(Random& random) {
  constexpr std::size_t kRules[] = {1, 2, 7, 8, 9, 30, 300, 1200};
  constexpr std::size_t kPatterns[] = {1, 2, 3, 10, 100, 1000};
  constexpr double kEvery[] = {0, 0.3, 0.7, 0.95};
  Shape shape{kRules[random.below(8)], {}, kEvery[random.below(4)]};
  for (std::size_t& patterns : shape.patterns) patterns = kPatterns[random.below(6)];
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

/// What a request has in each field.
class Asked {
 public:
  Asked(Random& random, const std::vector<RuleRow>& rows) : rows_(rows) {
    const std::size_t most = random.chance(0.5) ? 2 : FieldAnswer::kMostPatterns;
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      std::vector<PatternId>& own = patterns_[field];
      for (std::size_t left = random.below(most + 1); left > 0; --left) {
        const PatternId pattern = rows[random.below(rows.size())].patterns[field];
        if (pattern == kEveryRequest) continue;
        if (std::find(own.begin(), own.end(), pattern) == own.end()) own.push_back(pattern);
      }
      answers_[field] = FieldAnswer::none();
      answers_[field].set_patterns(own);
    }
    has_attributes_ = random.chance(0.5);
  }

  [[nodiscard]] const FieldAnswer& answer(std::size_t field) const { return answers_[field]; }
  [[nodiscard]] bool has(std::size_t field, PatternId pattern) const {
    return std::count(patterns_[field].begin(), patterns_[field].end(), pattern) != 0;
  }
  [[nodiscard]] bool passes(std::uint32_t rule, std::size_t field) const {
    const PatternId wanted = rows_[rule].patterns[field];
    return wanted == kEveryRequest || has(field, wanted);
  }
  [[nodiscard]] bool passes_attributes(std::uint32_t rule) const {
    return rows_[rule].attributes_count == 0 || has_attributes_;
  }
  [[nodiscard]] bool passes(std::uint32_t rule) const {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if (!passes(rule, field)) return false;
    }
    return passes_attributes(rule);
  }

 private:
  const std::vector<RuleRow>& rows_;
  std::array<std::vector<PatternId>, kFieldCount> patterns_;
  std::array<FieldAnswer, kFieldCount> answers_;
  bool has_attributes_ = false;
};

struct Seen {
  std::size_t found = 0;
  std::size_t not_there = 0;
  std::size_t thirds = 0;
};

void check(Random& random, const Shape& shape, std::size_t requests, Seen& seen) {
  const std::vector<RuleRow> rows = random_rows(random, shape);
  std::vector<std::uint32_t> rules;
  const double taken = random.chance(0.5) ? 1 : 0.5;
  for (std::uint32_t i = 0; i < shape.rules; ++i) {
    if (random.chance(taken)) rules.push_back(i);
  }
  const std::size_t first = random.below(kFieldCount);
  const std::size_t second = (first + 1 + random.below(kFieldCount - 1)) % kFieldCount;
  const RuleLists lists(rows, rules, {first, second});
  std::vector<std::uint32_t> listed;
  std::set_difference(rules.begin(), rules.end(), lists.others().begin(), lists.others().end(),
                      std::back_inserter(listed));
  CHECK(listed.empty() == lists.empty());
  CHECK(listed.size() + lists.others().size() == rules.size());
  if (lists.empty()) return;
  const std::optional<std::size_t> third = lists.third_field();
  for (std::size_t i = 0; i < requests; ++i) {
    const Asked asked(random, rows);
    const auto known = random.chance(0.7) ? static_cast<std::uint32_t>(shape.rules)
                                          : static_cast<std::uint32_t>(random.below(shape.rules));
    std::uint32_t expected = known;
    for (const std::uint32_t rule : listed) {
      if (rule < expected && asked.passes(rule)) expected = rule;
    }
    const auto passes_third = [&](PatternId pattern) {
      ++seen.thirds;
      return asked.has(third.value(), pattern);
    };
    std::uint32_t latest = 0;
    const auto passes = [&](std::uint32_t rule, unsigned fields) {
      if (rule < latest) FAIL("asked for rule " << rule << " after " << latest);
      latest = rule;
      if (fields == 0 || (third && (fields >> *third & 1) != 0)) FAIL("asked for " << fields);
      bool all = (fields & RuleLists::kAttributes) == 0 || asked.passes_attributes(rule);
      for (std::size_t field = 0; field < kFieldCount; ++field) {
        if ((fields >> field & 1) != 0) all = all && asked.passes(rule, field);
      }
      return all;
    };
    std::uint32_t best = known;
    lists.search(asked.answer(first), asked.answer(second), passes_third, passes, best);
    (expected < known ? seen.found : seen.not_there) += 1;
    if (best != expected) {
      FAIL("expected " << expected << ", got " << best << ", of " << shape.rules << " rules");
    }
  }
}

}  // namespace

TEST_CASE("rule lists: find the first listed rule that a loop over all does") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  for (int round = 0; round < 800; ++round) check(random, random_shape(random), 30, seen);
  CHECK(seen.found > 3000);
  CHECK(seen.not_there > 3000);
  CHECK(seen.thirds > 1000);
}

TEST_CASE("rule lists: rules that all ask for something else are asked in order") {
  Random random;
  INFO("seed " << Random::default_seed());
  Seen seen;
  // Few lists, whose rules all ask for something else.
  for (int round = 0; round < 100; ++round) {
    check(random, {250, {2, 2, 2, 2, 3, 2}, 0.2, 1}, 30, seen);
  }
  CHECK(seen.found > 300);
}

TEST_CASE(
    "rule lists: rules stand in none that would be long, and where neither field is asked for") {
  std::vector<RuleRow> rows(600);
  std::vector<std::uint32_t> rules(rows.size());
  std::iota(rules.begin(), rules.end(), 0u);
  for (RuleRow& row : rows) row.patterns.fill(kEveryRequest);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < 300) rows[i].patterns[0] = 0;                                           // a long list
    if (i >= 300 && i < 550) rows[i].patterns[0] = static_cast<PatternId>(i % 50);  // others
  }
  const RuleLists lists(rows, rules, {0, 4});
  CHECK_FALSE(lists.empty());
  // Those of pattern 0, and the last fifty.
  CHECK(lists.others().size() == 300 + 5 + 50);
}

TEST_CASE("rule lists: of no rules, and of patterns of large numbers, there are none") {
  CHECK(RuleLists().empty());
  CHECK(RuleLists({}, {}, {0, 1}).empty());
  std::vector<RuleRow> rows(70'000);
  std::vector<std::uint32_t> rules(rows.size());
  std::iota(rules.begin(), rules.end(), 0u);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i].patterns.fill(kEveryRequest);
    rows[i].patterns[4] = i;
  }
  const RuleLists lists(rows, rules, {0, 4});
  CHECK(lists.empty());
  CHECK(lists.others().size() == rules.size());
}

TEST_CASE("number blocks: two bits for each number, by numbers and by what the machine has") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 10'000; ++i) {
    std::array<std::uint16_t, kBlockNumbers> numbers;
    for (std::uint16_t& number : numbers) number = static_cast<std::uint16_t>(random.below(4));
    const std::uint16_t wanted = numbers[random.below(numbers.size())];
    std::uint32_t expected = 0;
    for (std::size_t n = 0; n < numbers.size(); ++n) {
      expected |= (numbers[n] == wanted ? 3u : 0u) << (2 * n);
    }
    const NumberBlock compared = as_numbers(load_numbers(numbers.data()) == repeated(wanted));
    REQUIRE(bit_pairs(compared) == expected);
    REQUIRE(bit_pairs_by_numbers(compared) == expected);
  }
}

TEST_CASE("bit places: the lowest and the highest") {
  for (unsigned low = 0; low < 64; ++low) {
    for (unsigned high = low; high < 64; ++high) {
      const std::uint64_t bits = std::uint64_t{1} << low | std::uint64_t{1} << high;
      CHECK(lowest_bit(bits) == low);
      CHECK(highest_bit(bits) == high);
      if (high < 32) CHECK(lowest_bit(static_cast<std::uint32_t>(bits)) == low);
    }
  }
}
