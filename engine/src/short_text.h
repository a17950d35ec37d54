#pragma once

#include "engine/src/byte_words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::detail {

/// A text of at most kMostBytes as four words: the same words for no other text of its size. Its
/// bytes may stand in several of them.
struct ShortText {
  static constexpr std::size_t kMostBytes = 31;

  std::array<std::uint64_t, 4> words;

  /// REQUIRES: at most kMostBytes.
  static ShortText of(std::string_view text) noexcept {
    const char* const bytes = text.data();
    const std::size_t size = text.size();
    const char* const end = bytes + size;
    if (size < kWordBytes) return {{load_short(bytes, size), 0, 0, 0}};
    const std::uint64_t first = load_word(bytes);
    const std::uint64_t last = load_word(end - kWordBytes);
    if (size <= 2 * kWordBytes) return {{first, last, 0, 0}};
    return {{first, load_word(bytes + kWordBytes), load_word(end - 2 * kWordBytes), last}};
  }

  [[nodiscard]] std::uint64_t hash() const noexcept {
    const std::uint64_t sum = words[0] * 0x9E3779B97F4A7C15 + words[1] * 0xC2B2AE3D27D4EB4F +
                              words[2] * 0x165667B19E3779F9 + words[3] * 0xD6E8FEB86659FD93;
    return mix(sum ^ (sum >> 29)) * 0x9E3779B97F4A7C15;
  }

  friend bool operator==(const ShortText& a, const ShortText& b) noexcept {
    return ((a.words[0] ^ b.words[0]) | (a.words[1] ^ b.words[1]) | (a.words[2] ^ b.words[2]) |
            (a.words[3] ^ b.words[3])) == 0;
  }
};

}  // namespace dosimeter::detail
