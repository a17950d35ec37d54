#pragma once

#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The pattern language straight from its definition, by recursion over every way a `*` can be
/// read. Shares nothing with the engine. Knows the letter case of ASCII and of the few other
/// characters that the tests use.
namespace dosimeter::oracle {

using Characters = std::vector<std::uint32_t>;

/// UTF-8 by brute force: the shortest encoding of each candidate value is made and compared.
inline std::string encode(std::uint32_t value) {
  const auto byte = [](std::uint32_t bits) {
    return static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (value < 0x80) return {byte(value)};
  if (value < 0x800) return {byte(0xC0 | value >> 6), byte(0x80 | (value & 63))};
  if (value < 0x10000) {
    return {byte(0xE0 | value >> 12), byte(0x80 | (value >> 6 & 63)), byte(0x80 | (value & 63))};
  }
  return {byte(0xF0 | value >> 18), byte(0x80 | (value >> 12 & 63)), byte(0x80 | (value >> 6 & 63)),
          byte(0x80 | (value & 63))};
}

/// Code points; a byte that belongs to none counts as one character of its own (above all code
/// points).
inline Characters decode(std::string_view text) {
  Characters characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t taken = 0;
    for (std::size_t length = 1; length <= 4 && at + length <= text.size() && taken == 0;
         ++length) {
      std::uint32_t value = 0;
      for (std::size_t i = 0; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        const std::uint32_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        value = value << 6 | (i == 0 ? byte & lead_bits[length] : byte & 0x3Fu);
      }
      const bool is_character = value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
      if (is_character && encode(value) == text.substr(at, length)) {
        characters.push_back(value);
        taken = length;
      }
    }
    if (taken == 0) {
      characters.push_back(0x200000u + static_cast<unsigned char>(text[at]));
      taken = 1;
    }
    at += taken;
  }
  return characters;
}

inline std::uint32_t fold(std::uint32_t character) {
  static const std::map<std::uint32_t, std::uint32_t> others = {
      {0x00C9, 0x00E9}, {0x0416, 0x0436}, {0x03A3, 0x03C3}, {0x03C2, 0x03C3},
      {0x212A, 'k'},    {0x017F, 's'},    {0x1E9E, 0x00DF}};
  if (character >= 'A' && character <= 'Z') return character - 'A' + 'a';
  const auto found = others.find(character);
  return found == others.end() ? character : found->second;
}

inline bool matches(const Characters& pattern, std::size_t p, const Characters& text, std::size_t t,
                    bool folds) {
  if (p == pattern.size()) return t == text.size();
  if (pattern[p] == '*') {
    for (std::size_t rest = t; rest <= text.size(); ++rest) {
      if (matches(pattern, p + 1, text, rest, folds)) return true;
    }
    return false;
  }
  if (t == text.size()) return false;
  const bool same =
      pattern[p] == '?' || (folds ? fold(pattern[p]) == fold(text[t]) : pattern[p] == text[t]);
  return same && matches(pattern, p + 1, text, t + 1, folds);
}

inline bool matches(std::string_view pattern, std::string_view text, bool folds = true) {
  return matches(decode(pattern), 0, decode(text), 0, folds);
}

}  // namespace dosimeter::oracle
