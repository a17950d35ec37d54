#pragma once

#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::text {

/// Whether a terminal obeys a code point instead of showing it, or a reader cannot see it: Unicode
/// 15, categories Cc, Zl and Zp, and those of Cf that concern direction, joining, invisible
/// operators and annotation.
constexpr bool is_unprintable(char32_t code_point) noexcept {
  struct Range {
    char32_t first;
    char32_t last;
  };
  constexpr std::array<Range, 8> kUnprintable = {{{0x00, 0x1F},
                                                  {0x7F, 0x9F},
                                                  {0x061C, 0x061C},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFF9, 0xFFFB}}};
  return std::any_of(kUnprintable.begin(), kUnprintable.end(), [&](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

enum class Quotes : unsigned char { as_they_are, escaped };

/// `text` fit for a line of a terminal or of JSON: valid UTF-8, with unprintable characters and
/// bytes that are no UTF-8 written `\xHH`, byte by byte, and with a backslash before `"` and `\`
/// where that is asked for. Past `max_bytes` of `text`, at a character's end, the rest is replaced
/// by `...`.
inline std::string escaped(std::string_view text, Quotes quotes,
                           std::size_t max_bytes = std::string_view::npos) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length_at(text, at);
    const std::string_view character = text.substr(at, length == 0 ? 1 : length);
    if (at + character.size() > max_bytes) {
      result += "...";
      break;
    }
    at += character.size();
    if (length == 0 || is_unprintable(utf8_code_point(character))) {
      for (const char part : character) {
        const auto byte = static_cast<unsigned char>(part);
        result += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
      }
      continue;
    }
    if (quotes == Quotes::escaped && (character == "\"" || character == "\\")) result += '\\';
    result += character;
  }
  return result;
}

}  // namespace dosimeter::text
