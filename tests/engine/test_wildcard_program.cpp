#include <dosimeter/rule.h>

#include "engine/src/wildcard_program.h"
#include "tests/engine/exact_text.h"
#include "tests/oracle/glob_table.h"
#include "tests/oracle/pattern_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/strings.h"

#include <vector>

using namespace dosimeter;
using detail::WildcardProgram;
using test::ExactText;

namespace {

bool matches(const std::string& pattern, const std::string& text, bool folds) {
  return WildcardProgram::compile(pattern, folds).matches(ExactText(text).view());
}

/// With every other letter made large.
std::string in_mixed_letters(std::string text) {
  for (std::size_t i = 0; i < text.size(); i += 2) {
    if (text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - ('a' - 'A'));
  }
  return text;
}

}  // namespace

/// Each behind so many letters that its states lie across the words' borders, in so many words
/// that each of the loops is run.
TEST_CASE("wildcard program: every short pattern and text, in one word, two and many") {
  const std::vector<std::string> texts = all_strings({"a", "b"}, 4);
  std::size_t matched = 0;
  for (const std::size_t before : {0U,   58U,  60U,  61U,  62U,  63U,  64U,  122U, 125U, 126U, 127U,
                                   128U, 188U, 190U, 191U, 192U, 253U, 254U, 255U, 256U, 319U}) {
    const std::string filler(before, 'c');
    for (const std::string& pattern : all_strings({"a", "b", "*", "?"}, 4)) {
      const WildcardProgram program = WildcardProgram::compile(filler + pattern, false);
      const WildcardProgram behind = WildcardProgram::compile(pattern + filler, false);
      for (const std::string& text : texts) {
        // A filler of other letters is not to be mistaken for what stands around it.
        const bool expected = oracle::matches(pattern, text);
        matched += expected;
        if (program.matches(filler + text) != expected) {
          FAIL("\"" << pattern << "\", \"" << text << "\" behind " << before << " letters");
        }
        if (behind.matches(text + filler) != expected) {
          FAIL("\"" << pattern << "\", \"" << text << "\" before " << before << " letters");
        }
      }
    }
  }
  CHECK(matched > 10'000);
}

TEST_CASE("wildcard program: long random patterns with wildcards anywhere") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t matched = 0;
  for (int i = 0; i < 400; ++i) {
    std::string text = random.text("aab/", 300);
    std::string pattern = text;
    for (std::size_t wildcards = random.below(6); wildcards > 0; --wildcards) {
      const std::size_t at = random.below(pattern.size() + 1);
      const std::size_t length = random.below(std::min<std::size_t>(pattern.size() - at, 9) + 1);
      pattern.replace(at, length, random.chance(0.6) ? "*" : std::string(length, '?'));
    }
    if (random.chance(0.4) && !text.empty()) text[random.below(text.size())] = 'a';
    if (random.chance(0.2)) text.insert(random.below(text.size() + 1), random.text("ab", 3));
    const bool expected = oracle::matches_by_table(pattern, text);
    matched += expected;
    if (matches(pattern, text, false) != expected)
      FAIL("\"" << pattern << "\", \"" << text << "\"");
    if (matches(pattern, in_mixed_letters(text), true) != expected) FAIL("folded: " << pattern);
  }
  CHECK(matched > 80);
  CHECK(matched < 320);
}

TEST_CASE("wildcard program: folds texts as they are read, and only if it is to") {
  for (unsigned byte = 0; byte < 128; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const std::string small = test::in_small_letters(text);
    if (text == "*" || text == "?") continue;
    for (const std::size_t before : {0U, 70U, 200U}) {
      const std::string filler(before, '?');
      const std::string start(before, 'x');
      CHECK(matches(filler + small, start + text, true));
      CHECK(matches(filler + text, start + text, false));
      CHECK(matches(filler + small, start + text, false) == (small == text));
      CHECK_FALSE(matches(filler + small, start + (small == "!" ? "#" : "!"), true));
    }
  }
}

TEST_CASE("wildcard program: tells all ASCII apart in one pattern, up to the longest") {
  std::string all;
  for (unsigned byte = 0; byte < 128; ++byte) {
    const char c = static_cast<char>(byte);
    if (c != '*' && c != '?') all += c;
  }
  CHECK(matches("*" + all + "*", "x" + all + "x", false));
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string other = all;
    other[i] = other[i] == 'a' ? 'b' : 'a';
    CHECK_FALSE(matches("*" + all + "*", other, false));
  }
  CHECK(WildcardProgram::kMaximumBytes == kMaximumPatternBytes + 2);
  std::string longest = "*";
  while (longest.size() < WildcardProgram::kMaximumBytes - 1) longest += 'a';
  longest += '*';
  const std::string text(WildcardProgram::kMaximumBytes - 2, 'a');
  CHECK(matches(longest, text, true));
  CHECK(matches(longest, "b" + text + "b", true));
  CHECK_FALSE(matches(longest, text.substr(1), true));
}
