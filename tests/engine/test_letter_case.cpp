#include "engine/src/letter_case.h"
#include "engine/src/letter_case_tables.h"
#include "engine/src/text_units.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

using dosimeter::LetterCase;
using dosimeter::QuestionMark;
using dosimeter::detail::kNoUnit;
using dosimeter::detail::map_letter;
using dosimeter::detail::TextUnits;
using dosimeter::detail::UnitChoices;

namespace {

using Units = std::vector<unsigned>;

Units units(std::string_view text, LetterCase letter_case,
            QuestionMark unit = QuestionMark::one_code_point, bool as_given = false) {
  Units all;
  for (TextUnits rest(text, {letter_case, unit, as_given}); !rest.at_end(); rest.advance()) {
    all.push_back(static_cast<unsigned>(rest.unit()));
  }
  return all;
}

/// The letter that this one becomes, alone in its text; 0 where it becomes two.
unsigned mapped(char32_t letter, LetterCase letter_case) {
  const auto result = map_letter(letter, letter_case, false);
  return result.second == 0 ? static_cast<unsigned>(result.first) : 0;
}

}  // namespace

TEST_CASE("letter case: simple folding, one code point for one") {
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

TEST_CASE("letter case: the tables have as many entries as Unicode 15.0") {
  using namespace dosimeter::detail;
  std::size_t lowers = 0, uppers = 0, cased = 0, ignorable = 0;
  for (char32_t c = 0; c <= 0x1100FF; ++c) {
    lowers += simple_lower(c) != c;
    uppers += simple_upper(c) != c;
    cased += is_cased(c);
    ignorable += is_case_ignorable(c);
  }
  CHECK(lowers == 1433);
  CHECK(uppers == 1450);
  CHECK(cased == 4526);
  CHECK(ignorable == 2707);
}

TEST_CASE("letter case: ASCII letters are the same under every mapping but the exact one") {
  for (const LetterCase letter_case :
       {LetterCase::folded, LetterCase::exact, LetterCase::lowered_ascii,
        LetterCase::lowered_simply, LetterCase::lowered_each, LetterCase::lowered_whole,
        LetterCase::lowered_whole_without_context, LetterCase::lowered_round_trip,
        LetterCase::raised, LetterCase::raised_then_lowered}) {
    for (char32_t a = 0; a < 0x80; ++a) {
      for (char32_t b = 0; b < 0x80; ++b) {
        const bool letters = (a | 0x20) >= U'a' && (a | 0x20) <= U'z';
        const bool same =
            a == b || (letter_case != LetterCase::exact && letters && (a ^ b) == 0x20);
        if ((mapped(a, letter_case) == mapped(b, letter_case)) == same) continue;
        FAIL(static_cast<int>(letter_case)
             << ": " << static_cast<unsigned>(a) << ' ' << static_cast<unsigned>(b));
      }
    }
  }
}

TEST_CASE("letter case: special letters by mapping") {
  struct Case {
    LetterCase letter_case;
    unsigned dotted_i;      // U+0130
    unsigned dotless_i;     // U+0131
    unsigned kelvin;        // U+212A
    unsigned sharp_s;       // U+1E9E
    unsigned final_sigma;   // U+03C2
    unsigned deseret;       // U+10400
    unsigned invalid_byte;  // FF
  };
  const unsigned invalid = 0x1100FF;
  const Case cases[] = {
      {LetterCase::folded, 0x130, 0x131, 'k', 0xDF, 0x3C3, 0x10428, invalid},
      {LetterCase::exact, 0x130, 0x131, 0x212A, 0x1E9E, 0x3C2, 0x10400, invalid},
      {LetterCase::lowered_ascii, 0x130, 0x131, 0x212A, 0x1E9E, 0x3C2, 0x10400, invalid},
      {LetterCase::lowered_simply, 'i', 0x131, 'k', 0xDF, 0x3C2, 0x10428, 0xFFFD},
      {LetterCase::lowered_each, 0x130, 0x131, 'k', 0xDF, 0x3C2, 0x10428, invalid},
      {LetterCase::lowered_whole, 0, 0x131, 'k', 0xDF, 0x3C2, 0x10428, invalid},
      {LetterCase::lowered_whole_without_context, 0, 0x131, 'k', 0xDF, 0x3C2, 0x10428, invalid},
      {LetterCase::lowered_round_trip, 0x130, 0x131, 0x212A, 0x1E9E, 0x3C2, 0x10400, invalid},
      {LetterCase::raised, 0x130, 0x131, 0x212A, 0x1E9E, 0x3A3, 0x10400, invalid},
      {LetterCase::raised_then_lowered, 'i', 'i', 'k', 0xDF, 0x3C3, 0x10428, invalid},
  };
  for (const Case& c : cases) {
    CAPTURE(static_cast<int>(c.letter_case));
    CHECK(mapped(0x130, c.letter_case) == c.dotted_i);
    CHECK(mapped(0x131, c.letter_case) == c.dotless_i);
    CHECK(mapped(0x212A, c.letter_case) == c.kelvin);
    CHECK(mapped(0x1E9E, c.letter_case) == c.sharp_s);
    CHECK(mapped(0x3C2, c.letter_case) == c.final_sigma);
    CHECK(mapped(0x10400, c.letter_case) == c.deseret);
    CHECK(mapped(invalid, c.letter_case) == c.invalid_byte);
  }
}

TEST_CASE("letter case: a capital sigma becomes a final one at the end of a word") {
  const auto last = [](std::string_view text) { return units(text, LetterCase::lowered_whole); };
  const unsigned small = 0x3C3, final = 0x3C2;
  CHECK(last("\xCE\xA3") == Units{small});
  CHECK(last("a\xCE\xA3") == Units{'a', final});
  CHECK(last("A\xCE\xA3/") == Units{'a', final, '/'});
  CHECK(last("a\xCE\xA3z") == Units{'a', small, 'z'});
  CHECK(last("a.\xCE\xA3'") == Units{'a', '.', final, '\''});
  CHECK(last("a\xCE\xA3':z") == Units{'a', small, '\'', ':', 'z'});
  CHECK(last("/\xCE\xA3") == Units{'/', small});
  CHECK(last("a/\xCE\xA3") == Units{'a', '/', small});
  CHECK(last("a\xFF\xCE\xA3") == Units{'a', 0x1100FF, small});
  CHECK(last("\xCE\xA3\xCE\xA3\xCE\xA3") == Units{small, small, final});
  CHECK(units("a\xCE\xA3", LetterCase::lowered_whole_without_context) == Units{'a', small});
}

TEST_CASE("text units: code points, UTF-16 units and bytes") {
  const std::string text = "A\xC3\x89\xE2\x82\xAC\xF0\x90\x90\x80\xFF";
  CHECK(units(text, LetterCase::exact) == Units{'A', 0xC9, 0x20AC, 0x10400, 0x1100FF});
  CHECK(units(text, LetterCase::lowered_whole) == Units{'a', 0xE9, 0x20AC, 0x10428, 0x1100FF});
  CHECK(units(text, LetterCase::lowered_whole, QuestionMark::one_utf16_unit) ==
        Units{'a', 0xE9, 0x20AC, 0xD801, 0xDC28, 0x1100FF});
  CHECK(units(text, LetterCase::lowered_simply, QuestionMark::one_byte) ==
        Units{'a', 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x90, 0x90, 0xA8, 0xEF, 0xBF, 0xBD});
  // A mapping of single units leaves alone what takes several.
  CHECK(units(text, LetterCase::lowered_each, QuestionMark::one_utf16_unit) ==
        Units{'a', 0xE9, 0x20AC, 0xD801, 0xDC00, 0x1100FF});
  CHECK(units(text, LetterCase::lowered_each, QuestionMark::one_byte) ==
        Units{'a', 0xC3, 0x89, 0xE2, 0x82, 0xAC, 0xF0, 0x90, 0x90, 0x80, 0xFF});
  CHECK(units("", LetterCase::folded).empty());
}

TEST_CASE("text units: as many as were given") {
  const auto given = [](std::string_view text, LetterCase letter_case, QuestionMark unit) {
    return units(text, letter_case, unit, true);
  };
  const unsigned none = kNoUnit;
  CHECK(given("\xC4\xB0/", LetterCase::lowered_whole, QuestionMark::one_utf16_unit) ==
        Units{'i', 0x307});
  CHECK(given("\xC4\xB0/", LetterCase::lowered_simply, QuestionMark::one_byte) ==
        Units{'i', '/', none});
  CHECK(given("\xE2\x84\xAA", LetterCase::lowered_simply, QuestionMark::one_byte) ==
        Units{'k', none, none});
  CHECK(given("\xFF/", LetterCase::lowered_simply, QuestionMark::one_byte) == Units{0xEF, 0xBF});
  CHECK(given("", LetterCase::lowered_simply, QuestionMark::one_byte).empty());
}
