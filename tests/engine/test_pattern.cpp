#include <dosimeter/pattern.h>
#include <dosimeter/recorder.h>

#include "engine/src/compiled_pattern.h"
#include "engine/src/prepared_text.h"
#include "tests/oracle/pattern_oracle.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/strings.h"

#include <array>

using dosimeter::Anchoring;
using dosimeter::ComparedLength;
using dosimeter::LetterCase;
using dosimeter::LineBreaks;
using dosimeter::MatchChoices;
using dosimeter::Pattern;
using dosimeter::PatternOutcome;
using dosimeter::QuestionMark;
using dosimeter::Recorder;
using dosimeter::StarInText;
namespace oracle = dosimeter::oracle;

namespace {

struct NamedChoices {
  std::string name;
  MatchChoices choices;
};

/// Of every recorder, for both kinds of rules.
std::vector<NamedChoices> all_choices() {
  std::vector<NamedChoices> all;
  for (const Recorder& recorder : dosimeter::recorders()) {
    all.push_back({std::string(recorder.name), recorder.match});
    if (recorder.local) {
      all.push_back({std::string(recorder.name) + ", local", recorder.local->match});
    }
  }
  return all;
}

/// Whether they agree on everything that a pattern and a text are compared by.
bool compare_alike(const MatchChoices& a, const MatchChoices& b) {
  return a.literal_letter_case == b.literal_letter_case &&
         a.wildcard_letter_case == b.wildcard_letter_case &&
         a.compared_length == b.compared_length && a.literal_anchoring == b.literal_anchoring &&
         a.wildcard_anchoring == b.wildcard_anchoring && a.question_mark == b.question_mark &&
         a.star_in_text == b.star_in_text && a.line_breaks == b.line_breaks;
}

/// all_choices without those that compare as an earlier one does.
std::vector<NamedChoices> different_choices() {
  std::vector<NamedChoices> different;
  for (const NamedChoices& added : all_choices()) {
    bool is_new = true;
    for (const NamedChoices& known : different) {
      if (compare_alike(known.choices, added.choices)) is_new = false;
    }
    if (is_new) different.push_back(added);
  }
  return different;
}

const char* name_of(PatternOutcome outcome) {
  return outcome == PatternOutcome::fails     ? "fails"
         : outcome == PatternOutcome::matches ? "matches"
                                              : "breaks";
}

/// The outcomes seen, so that a test can tell whether it put anything to the test.
struct Seen {
  std::size_t fails = 0;
  std::size_t matches = 0;
  std::size_t breaks = 0;
  std::size_t differences = 0;
};

void compare(const Pattern& pattern, const oracle::Written& written_pattern,
             const oracle::Written& written_text, const NamedChoices& recorder, Seen& seen) {
  const std::string& text = written_text.original;
  const PatternOutcome expected = oracle::outcome(written_pattern, written_text, recorder.choices);
  const PatternOutcome reference = pattern.reference_outcome(text);
  const bool fast = pattern.matches(text);
  seen.fails += expected == PatternOutcome::fails;
  seen.matches += expected == PatternOutcome::matches;
  seen.breaks += expected == PatternOutcome::breaks;
  const bool contradicts = pattern.matches_everything() && expected != PatternOutcome::matches;
  if (reference == expected && fast == (expected == PatternOutcome::matches) && !contradicts) {
    return;
  }
  if (++seen.differences > 20) return;
  UNSCOPED_INFO(recorder.name << ", pattern \"" << pattern.text() << "\", text \"" << text
                              << "\": oracle " << name_of(expected) << ", reference "
                              << name_of(reference) << ", pattern " << (fast ? "matches" : "fails")
                              << (contradicts ? ", says it matches everything" : ""));
}

std::vector<oracle::Written> all_written(const std::vector<std::string>& texts,
                                         LetterCase letter_case, const MatchChoices& choices) {
  std::vector<oracle::Written> all;
  for (const std::string& text : texts) {
    all.push_back(oracle::written(text, letter_case, choices.question_mark));
  }
  return all;
}

Seen compare_all(const std::vector<std::string>& patterns, const std::vector<std::string>& texts,
                 const NamedChoices& recorder) {
  const MatchChoices& choices = recorder.choices;
  const auto for_literals = all_written(texts, choices.literal_letter_case, choices);
  const auto for_wildcards = all_written(texts, choices.wildcard_letter_case, choices);
  Seen seen;
  for (const std::string& text : patterns) {
    const Pattern pattern(text, choices);
    const bool literal = oracle::is_literal(text);
    const auto written =
        oracle::written(text, literal ? choices.literal_letter_case : choices.wildcard_letter_case,
                        choices.question_mark);
    for (const oracle::Written& candidate : literal ? for_literals : for_wildcards) {
      compare(pattern, written, candidate, recorder, seen);
    }
  }
  CHECK(seen.differences == 0);
  CHECK(seen.matches > 0);
  CHECK(seen.fails > 0);
  return seen;
}

/// Letters that mappings of letter case do something special to, line breaks, several bytes,
/// several UTF-16 units, punctuation within words, and bytes that are no UTF-8.
const std::vector<std::string>& special_pieces() {
  static const std::vector<std::string> pieces = {"a",
                                                  "A",
                                                  "i",
                                                  "I",
                                                  "k",
                                                  "K",
                                                  "s",
                                                  "S",
                                                  "/",
                                                  ".",
                                                  "'",
                                                  "*",
                                                  "?",
                                                  "\n",
                                                  "\r",
                                                  "\xC3\xA9",
                                                  "\xC3\x89",
                                                  "\xC4\xB0",
                                                  "\xC4\xB1",
                                                  "\xCE\xA3",
                                                  "\xCF\x83",
                                                  "\xCF\x82",
                                                  "\xC3\x9F",
                                                  "\xE1\xBA\x9E",
                                                  "\xC5\xBF",
                                                  "\xE2\x84\xAA",
                                                  "\xC8\xBA",
                                                  "\xE2\xB1\xA5",
                                                  "\xCC\x87",
                                                  "\xC2\x85",
                                                  "\xE2\x80\xA8",
                                                  "\xE2\x80\xA9",
                                                  "\xF0\x9F\x98\x80",
                                                  "\xF0\x90\x90\x80",
                                                  "\xF0\x90\x90\xA8",
                                                  "\xFF",
                                                  "\xC3",
                                                  "\x89",
                                                  "\xED\xA0\x80"};
  return pieces;
}

std::string random_special_text(Random& random, std::size_t longest) {
  std::string text;
  // Few different pieces at a time, so that they meet again.
  const std::size_t first = random.below(special_pieces().size());
  const std::size_t second = random.below(special_pieces().size());
  for (std::size_t left = random.below(longest + 1); left > 0; --left) {
    const std::size_t any = random.below(special_pieces().size());
    text += special_pieces()[random.chance(0.4) ? first : random.chance(0.5) ? second : any];
  }
  return text;
}

/// Made by cutting holes into the text, so that many match.
std::string random_pattern(Random& random, std::string_view text, std::size_t widest) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    if (random.chance(0.15)) {
      made += '*';
      at += random.below(widest);
    } else {
      made += random.chance(0.1) ? '?' : text[at];
      ++at;
    }
  }
  return made;
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

TEST_CASE("pattern: what recorders make of letter case, stars and line breaks by example") {
  struct Case {
    const char* recorder;
    const char* pattern;
    const char* text;
    PatternOutcome outcome;
  };
  const auto matches = PatternOutcome::matches;
  const auto fails = PatternOutcome::fails;
  const auto breaks = PatternOutcome::breaks;
  const Case cases[] = {
      {"xray-node", "i", "\xC4\xB0", matches},   // a dotted capital I is two, one is compared
      {"xray-java", "i", "\xC4\xB0", fails},     // two are compared without a star
      {"xray-java", "??", "\xC4\xB0", matches},  //
      {"xray-java", "*i", "\xC4\xB0", matches},  // and one around a star
      {"xray-java", "\xC4\xB0*a", "\xC4\xB0z", matches},  // a star taken for the last
      {"xray-ruby", "\xC4\xB0*a", "\xC4\xB0z", matches},
      {"xray-node", "\xC4\xB0*a", "\xC4\xB0z", matches},  // nor does this see the end
      {"xray-go", "i", "\xC4\xB0", fails},
      {"xray-go", "i*", "\xC4\xB0", breaks},
      {"xray-go", "*i", "\xC4\xB0", breaks},
      {"xray-go", "\xE2\x84\xAA", "kkk", breaks},
      {"xray-go", "\xE2\x84\xAA*", "k", breaks},
      {"xray-go", "?", "\xFF", matches},
      {"xray-go", "*\xFE", "\xFF", matches},  // the first byte of U+FFFD is compared
      {"xray-node", "o\xCE\xA3", "O\xCF\x83", fails},
      {"otel-js", "o\xCF\x82", "O\xCE\xA3", matches},  // a final sigma
      {"otel-ruby", "o\xCF\x82", "O\xCE\xA3", fails},
      {"otel-ruby", "o\xCF\x83", "O\xCE\xA3", matches},
      {"otel-ruby", "b", "a\nb\n", matches},
      {"otel-ruby", "", "\n", fails},
      {"otel-ruby", "?*", "\n", fails},
      {"otel-ruby", "a\nb", "x\na\nb\ny", matches},
      {"otel-dotnet", "I", "i", matches},
      {"otel-dotnet", "I*", "i", fails},
      {"otel-dotnet", "I", "\xC4\xB1", fails},
      {"otel-dotnet", "S", "\xC5\xBF", fails},
      {"otel-java", "I", "\xC4\xB1", matches},
      {"otel-java", "*\xC2\x85?", "\xC2\x85/", matches},
      {"otel-java", "*?", "\xC2\x85", fails},
      {"otel-js", "?", "\xC2\x85", matches},
      {"otel-js", "?", "\xE2\x80\xA8", fails},
  };
  for (const Case& c : cases) {
    CAPTURE(c.recorder, c.pattern, c.text);
    const MatchChoices& choices = dosimeter::find_recorder(c.recorder)->match;
    CHECK(name_of(Pattern(c.pattern, choices).reference_outcome(c.text)) == name_of(c.outcome));
    CHECK(name_of(oracle::outcome(c.pattern, c.text, choices)) == name_of(c.outcome));
  }
}

TEST_CASE("pattern: every short pattern against every short text") {
  compare_all(all_strings({"a", "b", "*", "?"}, 5), all_strings({"a", "b"}, 6), {"documented", {}});
}

TEST_CASE("pattern: every short pattern with letter case, stars and newlines, by recorder") {
  const auto patterns = all_strings({"a", "*", "?", "\n"}, 4);
  const auto texts = all_strings({"a", "A", "*", "\n"}, 4);
  for (const NamedChoices& recorder : different_choices()) compare_all(patterns, texts, recorder);
}

TEST_CASE("pattern: every short pattern with characters of several bytes, by recorder") {
  const auto patterns = all_strings({"\xC3\xA9", "\xC4\xB0", "i", "/", "*", "?"}, 3);
  const auto texts =
      all_strings({"\xC3\x89", "\xC4\xB0", "i", "/", "\xE2\x80\xA8", "\xF0\x9F\x98\x80"}, 3);
  for (const NamedChoices& recorder : different_choices()) compare_all(patterns, texts, recorder);
}

TEST_CASE("pattern: every short pattern with invalid bytes and a letter that shrinks") {
  const auto patterns = all_strings({"\xC3\xA9", "k", "*", "?", "\xA9"}, 3);
  const auto texts =
      all_strings({"\xC3\x89", "\xE2\x84\xAA", "k", "\xC3", "\xA9", "\xF0\x9F\x98\x80"}, 3);
  for (const NamedChoices& recorder : different_choices()) compare_all(patterns, texts, recorder);
}

TEST_CASE("pattern: random patterns and texts of special characters, by recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const NamedChoices& recorder : all_choices()) {
    const MatchChoices& choices = recorder.choices;
    Seen seen;
    for (int i = 0; i < 3000; ++i) {
      const std::string text = random_special_text(random, 12);
      std::string made =
          random.chance(0.2) ? random_special_text(random, 5) : random_pattern(random, text, 12);
      if (random.chance(0.2)) made += random.text("*?\n", 2);
      const bool literal = oracle::is_literal(made);
      const LetterCase letter_case =
          literal ? choices.literal_letter_case : choices.wildcard_letter_case;
      compare(Pattern(made, choices), oracle::written(made, letter_case, choices.question_mark),
              oracle::written(text, letter_case, choices.question_mark), recorder, seen);
    }
    CAPTURE(recorder.name);
    CHECK(seen.differences == 0);
    CHECK(seen.matches > 500);
    CHECK(seen.fails > 500);
    const bool can_break = choices.compared_length == ComparedLength::as_given &&
                           choices.star_in_text != StarInText::is_like_any_other;
    CHECK((seen.breaks > 20) == can_break);
  }
}

TEST_CASE("pattern: random choices, those that no recorder has, too") {
  Random random;
  INFO("seed " << Random::default_seed());
  const auto chosen = [&](auto last) {
    return static_cast<decltype(last)>(random.below(static_cast<std::size_t>(last) + 1));
  };
  Seen seen;
  for (int i = 0; i < 40000; ++i) {
    NamedChoices random_choices{"random choices", {}};
    MatchChoices& choices = random_choices.choices;
    choices.literal_letter_case = chosen(LetterCase::raised_then_lowered);
    choices.wildcard_letter_case = chosen(LetterCase::raised_then_lowered);
    choices.compared_length = chosen(ComparedLength::as_given_around_stars);
    choices.literal_anchoring = chosen(Anchoring::anywhere);
    choices.wildcard_anchoring = chosen(Anchoring::anywhere);
    choices.question_mark = chosen(QuestionMark::one_byte);
    choices.star_in_text = chosen(StarInText::eats_the_patterns_star);
    choices.line_breaks = chosen(LineBreaks::java_stops_wildcards);
    const std::string text = random_special_text(random, 8);
    const std::string made = random.chance(0.1)   ? random.text("*?", 3)
                             : random.chance(0.1) ? text
                                                  : random_pattern(random, text, 8);
    const LetterCase letter_case =
        oracle::is_literal(made) ? choices.literal_letter_case : choices.wildcard_letter_case;
    compare(Pattern(made, choices), oracle::written(made, letter_case, choices.question_mark),
            oracle::written(text, letter_case, choices.question_mark), random_choices, seen);
  }
  CHECK(seen.differences == 0);
  CHECK(seen.matches > 10000);
  CHECK(seen.fails > 5000);
  CHECK(seen.breaks > 20);
}

TEST_CASE("pattern: on ordinary text the fast matchers are the reference, by recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const NamedChoices& recorder : all_choices()) {
    std::size_t matched = 0;
    std::size_t differences = 0;
    for (int i = 0; i < 2000; ++i) {
      const std::string text = random.text("abAB/.?", 120);
      std::string made = random_pattern(random, text, 40);
      if (random.chance(0.1)) made = text.substr(0, random.below(text.size() + 1));
      if (random.chance(0.2)) made += random.text("ab*?", 3);
      const Pattern pattern(made, recorder.choices);
      const bool fast = pattern.matches(text);
      if (fast) ++matched;
      // As a rule set does it: prepared for literals and patterns with wildcards alike, with room
      // for a copy and without.
      std::array<char, 200> space;
      const bool folds = dosimeter::detail::folds_text(recorder.choices);
      const dosimeter::detail::CompiledPattern compiled(made, recorder.choices);
      const bool as_prepared = compiled.matches(dosimeter::detail::prepare(text, folds, space));
      const bool without_copy = compiled.matches(dosimeter::detail::prepare(text, folds, {}));
      const bool expected = pattern.reference_outcome(text) == PatternOutcome::matches;
      if (fast == expected && as_prepared == expected && without_copy == expected) continue;
      if (++differences < 5) UNSCOPED_INFO("\"" << made << "\" and \"" << text << '"');
    }
    CAPTURE(recorder.name);
    CHECK(differences == 0);
    CHECK(matched > 500);
    CHECK(matched < 1980);
  }
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

TEST_CASE("pattern: a pattern longer than a rule's is still exact where a part may match") {
  const MatchChoices& anywhere = dosimeter::find_recorder("otel-go")->match;
  for (const std::size_t stars : {std::size_t{4093}, std::size_t{4094}, std::size_t{5000}}) {
    const Pattern pattern(std::string(stars, '*') + "?\xC3\xA9" + "b", anywhere);
    CHECK(pattern.matches("xa\xC3\x89" + std::string("bx")));
    CHECK_FALSE(pattern.matches("a\n\xC3\x89" + std::string("bx")));
  }
}

TEST_CASE("pattern: a text longer than the prepared space is still exact") {
  const std::string long_path = "/API/" + std::string(5000, 'x') + "/end";
  CHECK(Pattern("/api/*/END").matches(long_path));
  CHECK_FALSE(Pattern("/api/*/END?").matches(long_path));
}

TEST_CASE("pattern: matching allocates nothing, whatever the choices and the text") {
  Random random;
  for (const NamedChoices& recorder : all_choices()) {
    for (int i = 0; i < 200; ++i) {
      const std::string text =
          random_special_text(random, 40) + std::string(i == 0 ? 2000 : 0, 'a');
      const Pattern pattern(random_pattern(random, text, 10), recorder.choices);
      const std::size_t before = allocation_count();
      static_cast<void>(pattern.matches(text));
      REQUIRE(allocation_count() == before);
    }
  }
}

TEST_CASE("pattern: hostile patterns and texts take no more than the product of their lengths") {
  // Each of these takes hours where every start or every reading of a star is tried.
  const std::string many_a(3000, 'a');
  std::string stars;
  for (int i = 0; i < 1000; ++i) stars += "a*a?";
  std::string lines;
  for (int i = 0; i < 1500; ++i) lines += "a\n";
  const std::string sigmas = "\xCE\xA3" + std::string(2000, '.') + many_a;
  for (const NamedChoices& recorder : different_choices()) {
    CAPTURE(recorder.name);
    CHECK_FALSE(Pattern(stars + "b\xC3\xA9", recorder.choices).matches(many_a + "\n" + many_a));
    CHECK_FALSE(Pattern("*a\n*a\n*b\xC3\xA9", recorder.choices).matches(lines));
    CHECK_FALSE(Pattern("*\xCE\xA3*.a*.b\xC3\xA9", recorder.choices).matches(sigmas + sigmas));
  }
}

TEST_CASE("pattern: exact letter case where the choices ask for it") {
  MatchChoices choices;
  choices.literal_letter_case = choices.wildcard_letter_case = LetterCase::exact;
  CHECK(Pattern("GET", choices).matches("GET"));
  CHECK_FALSE(Pattern("GET", choices).matches("get"));
  CHECK_FALSE(Pattern("G*t?", choices).matches("G/T?"));
  CHECK_FALSE(Pattern("\xC3\x89", choices).matches("\xC3\xA9"));
  compare_all(all_strings({"a", "A", "*", "?"}, 3), all_strings({"a", "A", "*"}, 4),
              {"exact letter case", choices});
}

TEST_CASE("pattern: the star alone is told from other patterns that match everything") {
  CHECK(Pattern("*").is_star());
  CHECK_FALSE(Pattern("**").is_star());
  CHECK(Pattern("**").matches_everything());
  CHECK_FALSE(Pattern("*?").matches_everything());
  CHECK_FALSE(Pattern("").matches_everything());
}

TEST_CASE("pattern: only what matches every text is said to") {
  const auto says = [](const char* recorder, const char* pattern) {
    return Pattern(pattern, dosimeter::find_recorder(recorder)->match).matches_everything();
  };
  for (const Recorder& recorder : dosimeter::recorders()) {
    CHECK(Pattern("*", recorder.match).matches_everything());
    CHECK(Pattern("**", recorder.match).matches("/ordinary"));
  }
  CHECK(says("xray-node", "**"));
  CHECK(says("otel-go", "**"));
  CHECK(says("otel-ruby", "**"));
  CHECK_FALSE(says("xray-python", "**"));  // "**a"
  CHECK_FALSE(says("otel-python", "**"));  // a newline
  // A part that may match between newlines does not between other line breaks.
  MatchChoices choices = dosimeter::find_recorder("otel-ruby")->match;
  choices.line_breaks = LineBreaks::java_stops_wildcards;
  CHECK_FALSE(Pattern("**", choices).matches_everything());
  CHECK_FALSE(Pattern("**", choices).matches("a\rb"));
  CHECK_FALSE(Pattern("**", choices).matches("\r\n"));
}
