#pragma once

#include <dosimeter/match_choices.h>

namespace dosimeter::detail {

/// The one letter whose lower case depends on its neighbours.
inline constexpr char32_t kCapitalSigma = 0x03A3;

/// What a character becomes when its letter case is taken away: one code point, or two.
struct MappedLetter {
  char32_t first = 0;
  char32_t second = 0;  // 0 where there is none
};

/// `character` as patterns and texts are compared. A byte that is no UTF-8 (see Character) has no
/// letter case. `ends_word`: it is a capital sigma that ends a word; read by `lowered_whole` alone.
[[nodiscard]] MappedLetter map_letter(char32_t character, LetterCase letter_case,
                                      bool ends_word) noexcept;

}  // namespace dosimeter::detail
