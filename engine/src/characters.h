#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text as matchers see it: characters, not bytes.
namespace dosimeter::detail {

/// A character and how many bytes it took.
struct Character {
  /// A code point, or kInvalidByte + b for a byte b that is no part of well-formed UTF-8.
  char32_t value;
  std::size_t length;
};

inline constexpr char32_t kInvalidByte = 0x110000;

/// The character at the start of `text`: one well-formed UTF-8 sequence (Unicode 15, table 3-7: no
/// surrogates, no overlong forms, nothing above U+10FFFF), else one byte. REQUIRES: !text.empty().
[[nodiscard]] Character first_character(std::string_view text) noexcept;

[[nodiscard]] constexpr char fold_ascii(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

/// The same letter by letter where `folds`.
[[nodiscard]] std::string fold_ascii(std::string text, bool folds);

}  // namespace dosimeter::detail
