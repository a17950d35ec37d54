#include "engine/src/byte_sieve.h"
#include "tests/engine/random_rules.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <array>
#include <deque>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;

namespace {

/// A sieve of such patterns; an empty text stands for a rule that asks for nothing.
struct Sifted {
  Sifted(const std::vector<std::string>& texts, const MatchChoices& choices) {
    for (const std::string& text : texts) {
      if (text.empty()) {
        by_rule.push_back(nullptr);
      } else {
        by_rule.push_back(&patterns.emplace_back(text, choices));
      }
    }
    sieve = ByteSieve(by_rule, folds_text(choices));
  }
  std::deque<CompiledPattern> patterns;
  std::vector<const CompiledPattern*> by_rule;
  ByteSieve sieve;
};

bool may_pass(const ByteSieve& sieve, const PreparedText& text, std::size_t rule) {
  return (sieve.may_pass(rule / 64, text) >> (rule % 64) & 1) != 0;
}

}  // namespace

TEST_CASE("byte sieve: never leaves out a rule whose pattern the text matches") {
  Random random(Random::default_seed());
  std::size_t sifted = 0;
  std::size_t left_out = 0;
  for (int round = 0; round < 300; ++round) {
    const auto all = recorders();
    const MatchChoices& choices = all[random.below(all.size())].matching(RuleKind::central);
    test::RandomPatterns patterns(random);
    std::vector<std::string> texts;
    for (std::size_t n = 1 + random.below(130); n > 0; --n) {
      texts.push_back(random.below(5) == 0 ? std::string() : patterns.pattern());
    }
    const Sifted rules(texts, choices);
    for (int i = 0; i < 40; ++i) {
      const std::string asked = patterns.text();
      std::array<char, 512> space{};
      const PreparedText text = prepare(asked, folds_text(choices), space);
      if (!text.has_copy()) continue;
      REQUIRE(rules.sieve.sifts(text.form));
      for (std::size_t rule = 0; rule < texts.size(); ++rule) {
        const CompiledPattern* pattern = rules.by_rule[rule];
        CAPTURE(round, asked, texts[rule]);
        const bool may = may_pass(rules.sieve, text, rule);
        if (pattern == nullptr || pattern->matches(text)) CHECK(may);
        ++sifted;
        if (!may) ++left_out;
      }
    }
  }
  // It is there to leave rules out.
  CHECK(left_out > sifted / 4);
}

TEST_CASE("byte sieve: tells heads and tails apart, and texts too short for them") {
  const MatchChoices choices;
  const Sifted rules({"/api/*", "/web/*", "*/orders", "/health", "", "*x*"}, choices);
  const auto passing = [&](const std::string& asked) {
    std::array<char, 128> space{};
    const PreparedText text = prepare(asked, folds_text(choices), space);
    return rules.sieve.may_pass(0, text) & 63;
  };
  CHECK((passing("/api/users") & 0b001011) == 0b000001);
  CHECK((passing("/web/orders") & 0b001011) == 0b000010);
  CHECK((passing("/health") & 0b001011) == 0b001000);
  CHECK((passing("") & 0b110000) == 0b110000);
  CHECK((passing("/") & 0b000011) != 0b000011);
}

TEST_CASE("byte sieve: sifts only texts in the form that its patterns want") {
  const MatchChoices choices;
  const Sifted rules({"/a*", "/b*"}, choices);
  CHECK(rules.sieve.sifts(PreparedText::Form::folded));
  for (const auto form : {PreparedText::Form::exact, PreparedText::Form::without_copy,
                          PreparedText::Form::extraordinary}) {
    CHECK_FALSE(rules.sieve.sifts(form));
    CHECK_FALSE(ByteSieve().sifts(form));
  }
  CHECK_FALSE(ByteSieve().sifts(PreparedText::Form::folded));
}
