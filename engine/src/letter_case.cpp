#include "engine/src/letter_case.h"

#include "engine/src/characters.h"
#include "engine/src/letter_case_tables.h"

namespace dosimeter::detail {
namespace {

constexpr char32_t kFinalSigma = 0x03C2;
/// The one letter whose full lower case is two code points.
constexpr char32_t kCapitalIWithDot = 0x0130;
constexpr char32_t kDotAbove = 0x0307;
constexpr char32_t kDotlessI = 0x0131;
constexpr char32_t kLongS = 0x017F;
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kBasicPlaneEnd = 0x10000;

char32_t lower_ascii(char32_t character) noexcept {
  return character >= U'A' && character <= U'Z' ? character + (U'a' - U'A') : character;
}

/// The same as the tables say, without a search.
char32_t map_ascii(char32_t character, LetterCase letter_case) noexcept {
  if (letter_case == LetterCase::exact) return character;
  if (letter_case != LetterCase::raised) return lower_ascii(character);
  return character >= U'a' && character <= U'z' ? character - (U'a' - U'A') : character;
}

MappedLetter lower_fully(char32_t character) noexcept {
  if (character == kCapitalIWithDot) return {U'i', kDotAbove};
  return {simple_lower(character)};
}

char32_t lower_round_trip(char32_t character) noexcept {
  if (character >= kBasicPlaneEnd) return character;
  const char32_t lower = simple_lower(character);
  return simple_upper(lower) == character ? lower : character;
}

char32_t raise(char32_t character) noexcept {
  const bool stays = character == kDotlessI || character == kLongS;
  return stays ? character : simple_upper(character);
}

}  // namespace

MappedLetter map_letter(char32_t character, LetterCase letter_case, bool ends_word) noexcept {
  if (character < 0x80) return {map_ascii(character, letter_case)};
  switch (letter_case) {
    case LetterCase::folded:
      return {fold(character)};
    case LetterCase::exact:
    case LetterCase::lowered_ascii:
      return {character};
    case LetterCase::lowered_simply:
      return {character >= kInvalidByte ? kReplacement : simple_lower(character)};
    case LetterCase::lowered_each:
      // Its two code points equal no other character's one.
      return {character == kCapitalIWithDot ? character : simple_lower(character)};
    case LetterCase::lowered_whole:
      if (character == kCapitalSigma && ends_word) return {kFinalSigma};
      return lower_fully(character);
    case LetterCase::lowered_whole_without_context:
      return lower_fully(character);
    case LetterCase::lowered_round_trip:
      return {lower_round_trip(character)};
    case LetterCase::raised:
      return {raise(character)};
    case LetterCase::raised_then_lowered:
      return {simple_lower(simple_upper(character))};
  }
  return {character};
}

}  // namespace dosimeter::detail
