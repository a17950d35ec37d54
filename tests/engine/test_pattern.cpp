#include <dosimeter/pattern.h>

#include "engine/src/characters.h"
#include "engine/src/reference_matcher.h"
#include "tests/oracle/pattern_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/strings.h"

using dosimeter::LetterCase;
using dosimeter::MatchChoices;
using dosimeter::Pattern;
namespace oracle = dosimeter::oracle;

namespace {

std::u32string folded_characters(std::string_view text) {
  std::u32string characters;
  for (const auto character : oracle::decode(text)) {
    // The engine and the oracle number invalid bytes differently.
    characters += dosimeter::detail::fold(character >= 0x200000u ? character - 0x200000u + 0x110000u
                                                                 : character);
  }
  return characters;
}

void compare_all(const std::vector<std::string>& patterns, const std::vector<std::string>& texts) {
  std::size_t differences = 0;
  for (const std::string& text : patterns) {
    const Pattern pattern(text);
    const std::u32string characters = folded_characters(text);
    for (const std::string& candidate : texts) {
      const bool expected = oracle::matches(text, candidate);
      const bool fast = pattern.matches(candidate);
      const bool reference =
          dosimeter::detail::reference_match(characters, candidate, LetterCase::folded);
      if (fast == expected && reference == expected) continue;
      ++differences;
      UNSCOPED_INFO("pattern \"" << text << "\", text \"" << candidate << "\": oracle " << expected
                                 << ", pattern " << fast << ", reference " << reference);
    }
  }
  CHECK(differences == 0);
}

}  // namespace

TEST_CASE("pattern: the language by example") {
  struct Case {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Case cases[] = {
      {"GET", "GET", true},
      {"GET", "get", true},
      {"GET", "FORGET", false},
      {"GET", "GETS", false},
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*", "/any/thing?at=all", true},
      {"?", "", false},
      {"?", "a", true},
      {"?", "ab", false},
      {"/api/*", "/api/", true},
      {"/api/*", "/API/users/1", true},
      {"/api/*", "/v1/api/x", false},
      {"*.js", "/static/app.js", true},
      {"*.js", "/static/app.jsx", false},
      {"*/users/*/orders/?", "/v1/users/42/orders/7", true},
      {"*/users/*/orders/?", "/v1/users/42/orders/77", false},
      {"/a*a/", "/a/", false},
      {"ab*ba", "aba", false},
      {"ab*ba", "abba", true},
      {"**", "", true},
      {"*?", "*", true},
      {"/files/*", "/files/*.txt", true},
      {"*a", "*ba", true},
      {"a*b", "a\nb", true},
      {"caf\xC3\xA9", "CAF\xC3\x89", true},
      {"caf?", "caf\xC3\xA9", true},
      {"caf??", "caf\xC3\xA9", false},
      {"?", "\xF0\x9F\x98\x80", true},
      {"?", "\xFF", true},
      {"\xFF", "\xFF", true},
      {"\xFF", "\xFE", false},
      {"k", "\xE2\x84\xAA", true},  // the Kelvin sign
      {"\xE2\x84\xAA", "k", true},
      {"[a]", "a", false},
      {"a\\*", "a\\b", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern, c.text);
    CHECK(Pattern(c.pattern).matches(c.text) == c.matches);
    CHECK(oracle::matches(c.pattern, c.text) == c.matches);
  }
}

TEST_CASE("pattern: every short pattern against every short text") {
  compare_all(all_strings({"a", "b", "*", "?"}, 5), all_strings({"a", "b"}, 6));
}

TEST_CASE("pattern: every short pattern against texts with letter case, stars and line breaks") {
  compare_all(all_strings({"a", "A", "*", "?"}, 4), all_strings({"a", "A", "*", "\n"}, 4));
}

TEST_CASE("pattern: every short pattern against characters of several bytes and invalid ones") {
  compare_all(
      all_strings({"\xC3\xA9", "k", "*", "?", "\xA9"}, 3),
      all_strings({"\xC3\x89", "\xE2\x84\xAA", "k", "\xC3", "\xA9", "\xF0\x9F\x98\x80"}, 4));
}

TEST_CASE("pattern: random long patterns against random long texts") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t matched = 0;
  for (int i = 0; i < 20000; ++i) {
    // Made by cutting holes into the text, so that many match.
    const std::string text = random.text("abAB/.", 200);
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
      if (random.chance(0.01)) {
        made += '*';
        at += random.below(40);
      } else {
        made += random.chance(0.1) ? '?' : text[at];
        ++at;
      }
    }
    if (random.chance(0.2)) made += random.text("ab*?", 3);
    const Pattern pattern(made);
    const bool reference =
        dosimeter::detail::reference_match(folded_characters(made), text, LetterCase::folded);
    const bool fast = pattern.matches(text);
    if (fast) ++matched;
    if (fast != reference) {
      CAPTURE(made, text);
      REQUIRE(fast == reference);
    }
  }
  CHECK(matched > 10000);
}

TEST_CASE("pattern: a pattern with more characters than a program holds is still exact") {
  const std::string many_a(600, 'a');
  const Pattern pattern("*" + many_a + "?b*");
  CHECK(pattern.matches("xx" + many_a + "cbyy"));
  CHECK_FALSE(pattern.matches("xx" + many_a + "ccyy"));
  const std::string at_limit(510, 'a');
  CHECK(Pattern("*" + at_limit + "?*").matches("b" + at_limit + "cc"));
  CHECK_FALSE(Pattern("*" + at_limit + "?*").matches("b" + at_limit));
}

TEST_CASE("pattern: a text longer than the prepared space is still exact") {
  const std::string long_path = "/API/" + std::string(5000, 'x') + "/end";
  CHECK(Pattern("/api/*/END").matches(long_path));
  CHECK_FALSE(Pattern("/api/*/END?").matches(long_path));
}

TEST_CASE("pattern: exact letter case where the choices ask for it") {
  MatchChoices choices;
  choices.literal_letter_case = choices.wildcard_letter_case = LetterCase::exact;
  CHECK(Pattern("GET", choices).matches("GET"));
  CHECK_FALSE(Pattern("GET", choices).matches("get"));
  CHECK_FALSE(Pattern("G*t?", choices).matches("G/T?"));
  CHECK_FALSE(Pattern("\xC3\x89", choices).matches("\xC3\xA9"));
  for (const std::string& text : all_strings({"a", "A", "*", "?"}, 3)) {
    const Pattern pattern(text, choices);
    for (const std::string& candidate : all_strings({"a", "A", "*"}, 4)) {
      CAPTURE(text, candidate);
      REQUIRE(pattern.matches(candidate) == oracle::matches(text, candidate, false));
    }
  }
}

TEST_CASE("pattern: the star alone is told from other patterns that match everything") {
  CHECK(Pattern("*").is_star());
  CHECK_FALSE(Pattern("**").is_star());
  CHECK(Pattern("**").matches_everything());
  CHECK_FALSE(Pattern("*?").matches_everything());
  CHECK_FALSE(Pattern("").matches_everything());
}

TEST_CASE("case folding: simple folding, one code point for one") {
  using dosimeter::detail::fold;
  CHECK(fold(U'A') == U'a');
  CHECK(fold(U'[') == U'[');
  CHECK(fold(0x00C9) == 0x00E9);
  CHECK(fold(0x0416) == 0x0436);
  CHECK(fold(0x03A3) == 0x03C3);
  CHECK(fold(0x03C2) == 0x03C3);
  CHECK(fold(0x0130) == 0x0130);  // folds only to two code points
  CHECK(fold(0x1E9E) == 0x00DF);
  CHECK(fold(0x212A) == U'k');
  CHECK(fold(0x1E921) == 0x1E943);
  // The number of simple folds in Unicode 15.0, and every one of them ends at once.
  std::size_t folds = 0;
  std::size_t unstable = 0;
  for (char32_t c = 0; c <= 0x1100FF; ++c) {
    if (fold(c) != c) ++folds;
    if (fold(fold(c)) != fold(c)) ++unstable;
  }
  CHECK(folds == 1454);
  CHECK(unstable == 0);
}
