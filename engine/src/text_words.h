#pragma once

#include "engine/src/byte_words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::detail {

/// A text of at most `count` words as so many: the same for no other text of its size. Where it is
/// shorter its bytes stand in several of them.
template <std::size_t count>
struct TextWords {
  static constexpr std::size_t kMostBytes = count * kWordBytes;
  /// Words from the start of the text; the others are from its end.
  static constexpr std::size_t kFirst = (count + 1) / 2;

  std::array<std::uint64_t, count> words;

  /// REQUIRES: at most kMostBytes, and kFirst words at least, or two words for `count`.
  static TextWords of(std::string_view text) noexcept {
    const char* const bytes = text.data();
    const char* const end = bytes + text.size();
    TextWords all;
    if constexpr (count == 2) {
      if (text.size() < kWordBytes) return {{load_short(bytes, text.size()), 0}};
    }
    for (std::size_t i = 0; i < kFirst; ++i) all.words[i] = load_word(bytes + i * kWordBytes);
    for (std::size_t i = kFirst; i < count; ++i) {
      all.words[i] = load_word(end - (count - i) * kWordBytes);
    }
    return all;
  }

  /// Its high bits are the good ones.
  [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const noexcept {
    constexpr std::array<std::uint64_t, 8> kFactors = {
        0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
        0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3};
    std::uint64_t sum = seed * kFactors[7];
    for (std::size_t i = 0; i < count; ++i) sum += words[i] * kFactors[i];
    return (sum ^ (sum >> 32)) * kFactors[0];
  }

  /// Of as many other words; 0 if they are the same.
  [[nodiscard]] std::uint64_t difference(const std::uint64_t* others) const noexcept {
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < count; ++i) difference |= words[i] ^ others[i];
    return difference;
  }
};

}  // namespace dosimeter::detail
