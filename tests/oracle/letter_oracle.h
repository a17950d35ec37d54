#pragma once

#include <dosimeter/match_choices.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A text written out as recorders compare it. Shares the engine's choices and nothing else. Knows
/// the letter case of ASCII and of the few other characters that the tests use.
namespace dosimeter::oracle {

using Characters = std::vector<std::uint32_t>;

/// A byte that belongs to no character is numbered from here.
constexpr std::uint32_t kInvalid = 0x200000;

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
      characters.push_back(kInvalid + static_cast<unsigned char>(text[at]));
      taken = 1;
    }
    at += taken;
  }
  return characters;
}

/// A letter that the tests use, and what becomes of it.
struct Letter {
  std::uint32_t letter, folded, lower, upper;
};

constexpr std::uint32_t kDottedI = 0x0130;
constexpr std::uint32_t kSigma = 0x03A3;
constexpr std::uint32_t kFinal = 0x03C2;

inline Letter letter(std::uint32_t c) {
  static const std::vector<Letter> letters = {
      {0x00C9, 0x00E9, 0x00E9, 0x00C9},      // E with acute, capital
      {0x00E9, 0x00E9, 0x00E9, 0x00C9},      // and small
      {0x00DF, 0x00DF, 0x00DF, 0x00DF},      // sharp s, small
      {0x1E9E, 0x00DF, 0x00DF, 0x1E9E},      // and capital
      {kDottedI, kDottedI, 'i', kDottedI},   // capital I with dot
      {0x0131, 0x0131, 0x0131, 'I'},         // small i without
      {0x017F, 's', 0x017F, 'S'},            // long s
      {0x212A, 'k', 'k', 0x212A},            // Kelvin sign
      {0x023A, 0x2C65, 0x2C65, 0x023A},      // A with stroke: two bytes, capital
      {0x2C65, 0x2C65, 0x2C65, 0x023A},      // and three, small
      {kSigma, 0x03C3, 0x03C3, kSigma},      // sigma, capital
      {0x03C3, 0x03C3, 0x03C3, kSigma},      // small
      {kFinal, 0x03C3, kFinal, kSigma},      // final
      {0x0416, 0x0436, 0x0436, 0x0416},      // Zhe
      {0x10400, 0x10428, 0x10428, 0x10400},  // Deseret long I, capital
      {0x10428, 0x10428, 0x10428, 0x10400},  // and small
  };
  if (c >= 'A' && c <= 'Z') return {c, c + 32, c + 32, c};
  if (c >= 'a' && c <= 'z') return {c, c, c, c - 32};
  for (const Letter& known : letters) {
    if (known.letter == c) return known;
  }
  return {c, c, c, c};
}

inline bool is_cased(std::uint32_t c) {
  const Letter known = letter(c);
  return known.lower != known.upper || c == 0x00DF;
}

/// What may stand within a word: an apostrophe, a full stop, a colon, a dot above, a soft hyphen.
inline bool is_within_words(std::uint32_t c) {
  return c == '\'' || c == '.' || c == ':' || c == 0x0307 || c == 0x00AD;
}

inline bool ends_word(const Characters& text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && is_within_words(text[before - 1])) --before;
  std::size_t after = at + 1;
  while (after < text.size() && is_within_words(text[after])) ++after;
  const bool is_after_letter = before > 0 && is_cased(text[before - 1]);
  return is_after_letter && !(after < text.size() && is_cased(text[after]));
}

/// Bytes of other characters than ASCII, and halves of a pair, are numbered apart from code points.
constexpr std::uint32_t kBytes = 0x400000;
constexpr std::uint32_t kHalves = 0x500000;
constexpr std::uint32_t kAbsent = 0x600000;

inline Characters units(const Characters& text, QuestionMark unit) {
  Characters split;
  for (const std::uint32_t c : text) {
    if (unit == QuestionMark::one_byte && c >= kInvalid) {
      split.push_back(kBytes + c - kInvalid);
    } else if (unit == QuestionMark::one_byte && c >= 0x80) {
      for (const char byte : encode(c)) split.push_back(kBytes + static_cast<unsigned char>(byte));
    } else if (unit == QuestionMark::one_utf16_unit && c >= 0x10000 && c < kInvalid) {
      split.push_back(kHalves + c / 1024);
      split.push_back(kHalves + 0x10000 + c % 1024);
    } else {
      split.push_back(c);
    }
  }
  return split;
}

inline Characters mapped(const Characters& text, LetterCase letter_case) {
  Characters result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint32_t c = text[i];
    const Letter known = letter(c);
    switch (letter_case) {
      case LetterCase::folded:
        result.push_back(known.folded);
        break;
      case LetterCase::exact:
        result.push_back(c);
        break;
      case LetterCase::lowered_ascii:
        result.push_back(c < 0x80 ? known.lower : c);
        break;
      case LetterCase::lowered_simply:
        result.push_back(c >= kInvalid ? 0xFFFD : known.lower);
        break;
      case LetterCase::lowered_each:
        result.push_back(c == kDottedI ? c : known.lower);
        break;
      case LetterCase::lowered_whole:
      case LetterCase::lowered_whole_without_context:
        if (c == kSigma && letter_case == LetterCase::lowered_whole && ends_word(text, i)) {
          result.push_back(kFinal);
        } else {
          result.push_back(known.lower);
          if (c == kDottedI) result.push_back(0x0307);
        }
        break;
      case LetterCase::lowered_round_trip:
        result.push_back(c < 0x10000 && letter(known.lower).upper == c ? known.lower : c);
        break;
      case LetterCase::raised:
        result.push_back(c == 0x0131 || c == 0x017F ? c : known.upper);
        break;
      case LetterCase::raised_then_lowered:
        result.push_back(letter(known.upper).lower);
        break;
    }
  }
  return result;
}

/// As they are compared: letter case taken away from the whole, or from each unit.
inline Characters mapped_units(const Characters& text, LetterCase letter_case, QuestionMark unit) {
  const bool each =
      letter_case == LetterCase::lowered_each || letter_case == LetterCase::lowered_round_trip;
  return each ? mapped(units(text, unit), letter_case) : units(mapped(text, letter_case), unit);
}

}  // namespace dosimeter::oracle
