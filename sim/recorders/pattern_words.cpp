#include "sim/recorders/match_words.h"

namespace dosimeter::sim {

ChoiceWords letter_case_words(LetterCase value) noexcept {
  switch (value) {
    case LetterCase::folded:
      return {"folded", "A and a are the same, by simple case folding"};
    case LetterCase::exact:
      return {"exact", "A and a differ"};
    case LetterCase::lowered_ascii:
      return {"lowered_ascii", "A and a are the same, in ASCII alone"};
    case LetterCase::lowered_simply:
      return {"lowered_simply", "A and a are the same, by simple lower case"};
    case LetterCase::lowered_each:
      return {"lowered_each", "A and a are the same, by the full lower case of each character"};
    case LetterCase::lowered_whole:
      return {"lowered_whole", "A and a are the same, by the full lower case of the whole text"};
    case LetterCase::lowered_whole_without_context:
      return {"lowered_whole_without_context",
              "A and a are the same, by full lower case, no final sigma"};
    case LetterCase::lowered_round_trip:
      return {"lowered_round_trip",
              "A and a are the same, by the lower case whose upper case leads back"};
    case LetterCase::raised:
      return {"raised", "A and a are the same, by simple upper case"};
    case LetterCase::raised_then_lowered:
      return {"raised_then_lowered", "A and a are the same, by the lower case of the upper case"};
  }
  return {};
}

ChoiceWords compared_length_words(ComparedLength value) noexcept {
  switch (value) {
    case ComparedLength::as_mapped:
      return {"as_mapped", "a text made longer by letter case is compared whole"};
    case ComparedLength::as_given:
      return {"as_given", "a text made longer by letter case is compared in part"};
    case ComparedLength::as_given_around_stars:
      return {"as_given_around_stars",
              "a text made longer by letter case is compared in part around a `*`"};
  }
  return {};
}

ChoiceWords anchoring_words(Anchoring value) noexcept {
  switch (value) {
    case Anchoring::whole_text:
      return {"whole_text", "the pattern matches the whole text"};
    case Anchoring::whole_line:
      return {"whole_line", "the pattern matches one line of the text, or several"};
    case Anchoring::anywhere:
      return {"anywhere", "the pattern matches any part of the text"};
  }
  return {};
}

ChoiceWords question_mark_words(QuestionMark value) noexcept {
  switch (value) {
    case QuestionMark::one_code_point:
      return {"one_code_point", "`?` is one code point"};
    case QuestionMark::one_utf16_unit:
      return {"one_utf16_unit", "`?` is one UTF-16 unit"};
    case QuestionMark::one_byte:
      return {"one_byte", "`?` is one byte"};
  }
  return {};
}

ChoiceWords star_in_text_words(StarInText value) noexcept {
  switch (value) {
    case StarInText::is_like_any_other:
      return {"is_like_any_other", "a `*` in the text is like any other character"};
    case StarInText::eats_the_patterns_star:
      return {"eats_the_patterns_star", "a `*` in the text uses up the pattern's `*`"};
  }
  return {};
}

ChoiceWords line_breaks_words(LineBreaks value) noexcept {
  switch (value) {
    case LineBreaks::are_like_any_other:
      return {"are_like_any_other", "wildcards match line breaks"};
    case LineBreaks::newline_stops_wildcards:
      return {"newline_stops_wildcards", "wildcards do not match a line feed"};
    case LineBreaks::ecmascript_stops_wildcards:
      return {"ecmascript_stops_wildcards", "wildcards do not match LF, CR, U+2028 and U+2029"};
    case LineBreaks::java_stops_wildcards:
      return {"java_stops_wildcards", "wildcards do not match LF, CR, U+0085, U+2028 and U+2029"};
  }
  return {};
}

}  // namespace dosimeter::sim
