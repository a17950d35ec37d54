#include "engine/src/text_units.h"

#include "engine/src/characters.h"
#include "engine/src/letter_case.h"
#include "engine/src/letter_case_tables.h"

namespace dosimeter::detail {
namespace {

constexpr char32_t kBasicPlaneEnd = 0x10000;

std::size_t count_units(std::string_view text, QuestionMark unit) noexcept {
  if (unit == QuestionMark::one_byte) return text.size();
  std::size_t count = 0;
  while (!text.empty()) {
    const auto [value, length] = first_character(text);
    const bool is_pair = value >= kBasicPlaneEnd && value < kInvalidByte;
    count += unit == QuestionMark::one_utf16_unit && is_pair ? 2 : 1;
    text.remove_prefix(length);
  }
  return count;
}

/// The end of the characters that are mapped where a mapping sees one unit at a time: those that
/// are one unit.
constexpr char32_t mapped_end(const UnitChoices& choices) noexcept {
  const bool by_unit = choices.letter_case == LetterCase::lowered_each ||
                       choices.letter_case == LetterCase::lowered_round_trip;
  if (!by_unit || choices.unit == QuestionMark::one_code_point) return kNoUnit;
  return choices.unit == QuestionMark::one_byte ? 0x80 : kBasicPlaneEnd;
}

}  // namespace

TextUnits::TextUnits(std::string_view text, const UnitChoices& choices) noexcept
    : choices_(choices), rest_(text) {
  if (choices_.as_given) left_ = count_units(text, choices_.unit);
  map_next_character();
}

void TextUnits::advance() noexcept {
  if (left_ > 0) --left_;
  if (next_ < ready_) ++next_;
  if (next_ == ready_) map_next_character();
}

void TextUnits::map_next_character() noexcept {
  next_ = ready_ = 0;
  if (rest_.empty()) return;
  const bool in_context = choices_.letter_case == LetterCase::lowered_whole;
  if (const auto byte = static_cast<unsigned char>(rest_.front()); byte < 0x80 && !in_context) {
    rest_.remove_prefix(1);
    units_[0] = map_letter(byte, choices_.letter_case, false).first;
    ready_ = 1;
    return;
  }
  const auto [value, length] = first_character(rest_);
  rest_.remove_prefix(length);
  if (value >= mapped_end(choices_)) return add(value);
  const bool ends_word = in_context && value == kCapitalSigma && word_ends_before(rest_);
  const MappedLetter mapped = map_letter(value, choices_.letter_case, ends_word);
  if (in_context && !is_case_ignorable(value)) after_cased_ = is_cased(value);
  add(mapped.first);
  if (mapped.second != 0) add(mapped.second);
}

void TextUnits::add(char32_t character) noexcept {
  const auto put = [&](char32_t unit) { units_[ready_++] = unit; };
  if (character >= kInvalidByte) {
    put(choices_.unit == QuestionMark::one_byte ? character - kInvalidByte : character);
  } else if (choices_.unit == QuestionMark::one_utf16_unit && character >= kBasicPlaneEnd) {
    put(0xD800 + ((character - kBasicPlaneEnd) >> 10));
    put(0xDC00 + (character & 0x3FF));
  } else if (choices_.unit != QuestionMark::one_byte || character < 0x80) {
    put(character);
  } else {
    const unsigned continuations = character < 0x800 ? 1 : character < kBasicPlaneEnd ? 2 : 3;
    const char32_t lead = continuations == 1 ? 0xC0 : continuations == 2 ? 0xE0 : 0xF0;
    put(lead | (character >> (6 * continuations)));
    for (unsigned left = continuations; left-- > 0;) {
      put(0x80 | ((character >> (6 * left)) & 0x3F));
    }
  }
}

/// Whether a letter between what was read and `after` is the last of a word of several (Unicode's
/// Final_Sigma; a character that is both cased and case-ignorable is passed over).
bool TextUnits::word_ends_before(std::string_view after) const noexcept {
  if (!after_cased_) return false;
  while (!after.empty()) {
    const auto [value, length] = first_character(after);
    if (!is_case_ignorable(value)) return !is_cased(value);
    after.remove_prefix(length);
  }
  return true;
}

}  // namespace dosimeter::detail
