#include "engine/src/name_order.h"

#include "engine/src/characters.h"
#include "engine/src/letter_case_tables.h"

#include <algorithm>
#include <compare>

namespace dosimeter::detail {
namespace {

/// The code point's place among UTF-16 texts: those past the basic plane begin with a surrogate
/// (D800 to DFFF), and so come before E000 to FFFF.
char32_t utf16_place(char32_t character) noexcept {
  constexpr char32_t kPastTheBasicPlane = 0x200000;
  return character >= 0xE000 && character <= 0xFFFF ? kPastTheBasicPlane + character : character;
}

/// How words are sorted, roughly: what stands at a place counts in the order of these.
struct CulturalWeight {
  /// Other characters, digits, letters.
  int group;
  /// The letter whatever its case; of anything else itself.
  char32_t base;
  /// Small letters come before capitals.
  bool capital;
};

bool is_ignored(char32_t character) noexcept {
  return character == U'-' || character == U'\'';
}

CulturalWeight weight_of(char32_t character) noexcept {
  const char32_t base = fold(character);
  if (character >= U'0' && character <= U'9') return {1, character, false};
  const bool letter = (base >= U'a' && base <= U'z') || character >= 0x80;
  return {letter ? 2 : 0, base, base != character};
}

/// Takes the next character that counts off `text`; nothing at its end.
bool next_weight(std::string_view& text, CulturalWeight& weight) noexcept {
  while (!text.empty()) {
    const Character next = first_character(text);
    text.remove_prefix(next.length);
    if (is_ignored(next.value)) continue;
    weight = weight_of(next.value);
    return true;
  }
  return false;
}

/// Bases first; where all are the same the first difference of case; then the names as they are.
std::strong_ordering compare_cultural(std::string_view a, std::string_view b) noexcept {
  std::strong_ordering by_case = std::strong_ordering::equal;
  for (std::string_view rest_a = a, rest_b = b;;) {
    CulturalWeight weight_a{};
    CulturalWeight weight_b{};
    const bool more_a = next_weight(rest_a, weight_a);
    const bool more_b = next_weight(rest_b, weight_b);
    if (!more_a || !more_b) {
      if (more_a != more_b) return more_a <=> more_b;
      break;
    }
    if (weight_a.group != weight_b.group) return weight_a.group <=> weight_b.group;
    if (weight_a.base != weight_b.base) return weight_a.base <=> weight_b.base;
    if (by_case == 0) by_case = weight_a.capital <=> weight_b.capital;
  }
  return by_case != 0 ? by_case : a.compare(b) <=> 0;
}

bool utf16_comes_first(std::string_view a, std::string_view b) noexcept {
  while (!a.empty() && !b.empty()) {
    const Character next_a = first_character(a);
    const Character next_b = first_character(b);
    if (next_a.value != next_b.value) return utf16_place(next_a.value) < utf16_place(next_b.value);
    a.remove_prefix(next_a.length);
    b.remove_prefix(next_b.length);
  }
  return a.empty() && !b.empty();
}

}  // namespace

bool name_comes_first(std::string_view a, std::string_view b, PriorityTie tie) noexcept {
  switch (tie) {
    case PriorityTie::by_name:
      return a < b;  // UTF-8 keeps the order of code points
    case PriorityTie::by_utf16_name:
      return utf16_comes_first(a, b);
    case PriorityTie::by_cultural_name:
      return compare_cultural(a, b) < 0;
    case PriorityTie::by_position:
      break;
  }
  return false;
}

}  // namespace dosimeter::detail
