#pragma once

#include <cstddef>
#include <string_view>

namespace dosimeter::text {

/// The length in bytes of the UTF-8 sequence at `at`, or 0 where there is none (Unicode 15, table
/// 3-7: no overlong form, no surrogate, nothing past U+10FFFF). REQUIRES: at < text.size().
constexpr std::size_t utf8_length_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) -> unsigned {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const auto continues = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (!continues(1)) return 0;
  if (first < 0xE0) return 2;
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first == 0xF0 && second < 0x90) return 0;
  if (first == 0xF4 && second > 0x8F) return 0;
  if (!continues(2)) return 0;
  if (first < 0xF0) return 3;
  return continues(3) ? 4 : 0;
}

/// The code point of one whole sequence, as utf8_length_at delimits it.
constexpr char32_t utf8_code_point(std::string_view sequence) {
  const auto byte = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(sequence[at]));
  };
  if (sequence.size() == 1) return byte(0);
  // The first byte keeps five, four or three bits, the others six each.
  char32_t code_point = byte(0) & (0x7FU >> sequence.size());
  for (std::size_t at = 1; at < sequence.size(); ++at) {
    code_point = code_point << 6U | (byte(at) & 0x3FU);
  }
  return code_point;
}

/// Code points in `text`; a byte that is no part of one counts as one.
constexpr std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const std::size_t length = utf8_length_at(text, at);
    at += length == 0 ? 1 : length;
  }
  return count;
}

}  // namespace dosimeter::text
