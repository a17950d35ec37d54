#pragma once

#include "engine/src/byte_words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::detail {

/// A text of at most `count` words as so many: the same for no other text of its size. Half of them
/// are from its start and half from its end; an odd one is from its middle. Where it is shorter its
/// bytes stand in several of them.
template <std::size_t count>
struct TextWords {
  static constexpr std::size_t kMostBytes = count * kWordBytes;

  std::array<std::uint64_t, count> words;

  /// REQUIRES: at most kMostBytes, and half as many words at least, or two words for `count`.
  static TextWords of(std::string_view text) noexcept {
    constexpr std::size_t kHalf = count / 2;
    const char* const bytes = text.data();
    const char* const end = bytes + text.size();
    TextWords all;
    if constexpr (count == 2) {
      if (text.size() < kWordBytes) return {{load_short(bytes, text.size()), 0}};
    }
    for (std::size_t i = 0; i < kHalf; ++i) {
      all.words[i] = load_word(bytes + i * kWordBytes);
      all.words[count - 1 - i] = load_word(end - (i + 1) * kWordBytes);
    }
    if constexpr (count % 2 == 1)
      all.words[kHalf] = load_word(bytes + (text.size() - kWordBytes) / 2);
    return all;
  }

  /// Its high bits are the good ones. `seed` is a small number.
  [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const noexcept {
    constexpr std::array<std::uint64_t, 13> kFactors = {
        0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
        0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
        0x1D8E4E27C47D124F, 0xEB44ACCAB455D165, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB,
        0xFF51AFD7ED558CCD};
    std::uint64_t sum = seed;
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
