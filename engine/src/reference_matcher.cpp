#include "engine/src/reference_matcher.h"

#include "engine/src/characters.h"

namespace dosimeter::detail {

bool reference_match(std::u32string_view pattern, std::string_view text,
                     LetterCase letter_case) noexcept {
  constexpr auto kNone = std::u32string_view::npos;
  std::size_t at = 0;  // in the pattern
  std::size_t last_star =
      kNone;  // the last `*` passed; giving it one character more is the only way back
  std::string_view rest = text;
  std::string_view after_star =
      text;  // what was left to match when `last_star` had taken what it has so far
  while (!rest.empty()) {
    // The wildcard is asked first: a `*` in the text is a character like any other.
    if (at < pattern.size() && pattern[at] == U'*') {
      last_star = at++;
      after_star = rest;
      continue;
    }
    const Character next = first_character(rest);
    const char32_t value = letter_case == LetterCase::folded ? fold(next.value) : next.value;
    if (at < pattern.size() && (pattern[at] == U'?' || pattern[at] == value)) {
      ++at;
      rest.remove_prefix(next.length);
    } else if (last_star != kNone) {
      at = last_star + 1;
      after_star.remove_prefix(first_character(after_star).length);
      rest = after_star;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == U'*') ++at;
  return at == pattern.size();
}

}  // namespace dosimeter::detail
