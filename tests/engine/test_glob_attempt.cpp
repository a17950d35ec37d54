#include "engine/src/glob_attempt.h"
#include "tests/engine/exact_text.h"
#include "tests/oracle/glob_table.h"
#include "tests/oracle/pattern_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/strings.h"

using namespace dosimeter;
using detail::attempt_glob;
using detail::GlobAttempt;
using test::ExactText;

namespace {

GlobAttempt said(bool matches) {
  return matches ? GlobAttempt::matches : GlobAttempt::fails;
}

}  // namespace

TEST_CASE("glob attempt: every short pattern and text, as the oracle and its table say") {
  for (const std::string& pattern : all_strings({"a", "b", "*", "?"}, 5)) {
    for (const std::string& text : all_strings({"a", "b"}, 5)) {
      const bool expected = oracle::matches(pattern, text);
      const bool by_table = oracle::matches_by_table(pattern, text);
      const GlobAttempt got = attempt_glob(pattern, text);
      if (by_table != expected || got != said(expected)) {
        FAIL("\"" << pattern << "\", \"" << text << "\": expected " << expected << ", table "
                  << by_table << ", attempt " << static_cast<int>(got));
      }
    }
  }
}

TEST_CASE("glob attempt: longer texts, and gives up rather than say what is wrong") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t matched = 0;
  std::size_t failed = 0;
  std::size_t gave_up = 0;
  for (int i = 0; i < 3000; ++i) {
    // Long runs of one letter take long.
    const char* const alphabet = random.chance(0.5) ? "aaaaaaaaaaaaaaab" : "abc/";
    std::string text = random.text(alphabet, 120);
    std::string pattern = random.chance(0.5) ? text : random.text(alphabet, 20);
    for (std::size_t stars = 1 + random.below(4); stars > 0; --stars) {
      const std::size_t at = random.below(pattern.size() + 1);
      pattern.replace(at, random.below(std::min<std::size_t>(pattern.size() - at, 60) + 1), "*");
    }
    if (random.chance(0.2)) pattern.insert(random.below(pattern.size() + 1), "?");
    if (random.chance(0.2) && !text.empty()) text[random.below(text.size())] = 'b';
    const ExactText exact_pattern(pattern);
    const ExactText exact_text(text);
    const GlobAttempt got = attempt_glob(exact_pattern.view(), exact_text.view());
    if (got == GlobAttempt::gave_up) {
      ++gave_up;
      continue;
    }
    (got == GlobAttempt::matches ? matched : failed) += 1;
    if (got != said(oracle::matches_by_table(pattern, text))) {
      FAIL("\"" << pattern << "\", \"" << text << "\": got " << static_cast<int>(got));
    }
  }
  CHECK(matched > 500);
  CHECK(failed > 500);
  CHECK(gave_up < 100);
}

TEST_CASE("glob attempt: gives up on what would take the product of both lengths") {
  const std::string text(100'000, 'a');
  CHECK(attempt_glob("*" + std::string(64, 'a') + "b", text) == GlobAttempt::gave_up);
  CHECK(attempt_glob("*" + std::string(64, 'a') + "*", text) == GlobAttempt::matches);
  CHECK(attempt_glob("b*", text) == GlobAttempt::fails);
  CHECK(attempt_glob(std::string(20'000, '*') + "b", text) == GlobAttempt::fails);
}
