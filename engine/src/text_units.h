#pragma once

#include <dosimeter/match_choices.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace dosimeter::detail {

/// How a matcher reads texts.
struct UnitChoices {
  LetterCase letter_case = LetterCase::folded;
  QuestionMark unit = QuestionMark::one_code_point;
  /// Whether a text has as many units as it had before letter case was taken away.
  bool as_given = false;
};

/// Where a text counts more units than it has: no unit of a text or a pattern equals it.
inline constexpr char32_t kNoUnit = 0xFFFFFFFF;

/// A text as one pattern after another sees it: unit by unit, letter case taken away on the way. A
/// place in the text; copies go on from there. No memory, and one step takes time that depends on
/// nothing but the run of punctuation after a capital sigma.
///
/// A unit is a code point, a UTF-16 unit or a byte. A byte that is no UTF-8 is one unit beyond all
/// code points, or itself among bytes.
class TextUnits {
 public:
  TextUnits(std::string_view text, const UnitChoices& choices) noexcept;

  /// Whether every unit that counts has been read.
  [[nodiscard]] bool at_end() const noexcept {
    return choices_.as_given ? left_ == 0 : next_ == ready_;
  }
  /// The next unit. REQUIRES: !at_end().
  [[nodiscard]] char32_t unit() const noexcept { return next_ == ready_ ? kNoUnit : units_[next_]; }
  /// REQUIRES: !at_end().
  void advance() noexcept;

 private:
  void map_next_character() noexcept;
  void add(char32_t character) noexcept;
  [[nodiscard]] bool word_ends_before(std::string_view after) const noexcept;

  UnitChoices choices_;
  std::string_view rest_;
  /// Of a text that counts as given.
  std::size_t left_ = 0;
  /// The units of the character just mapped, those from next_ to ready_ unread. There are at most
  /// four: of one code point up to four bytes, of two (an i and a dot) three.
  std::array<char32_t, 4> units_{};
  unsigned char next_ = 0;
  unsigned char ready_ = 0;
  /// Whether a word goes on: the last character that is not case-ignorable is cased.
  bool after_cased_ = false;
};

}  // namespace dosimeter::detail
