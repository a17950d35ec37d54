#pragma once

#include "sim/log/byte_word.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dosimeter::sim {

/// Bytes that all texts of a row follow from, but for its trace header and its instance, so that
/// what is made of them can be remembered by one comparison (RowSink::expect). Rows of the same
/// bytes and the same layout have the same texts.
struct RowKey {
  std::string_view bytes;
  /// How texts stand in the bytes, for any input; 0 where the row has no such bytes.
  std::uint32_t layout = 0;
  /// Where it stands among the keys that the sink was last told of.
  std::uint32_t number = 0;
  /// Of the bytes and the layout.
  std::uint64_t hash = 0;

  [[nodiscard]] static RowKey of(std::string_view bytes, std::uint32_t layout,
                                 std::uint32_t number = 0) noexcept {
    return {bytes, layout, number, hash_of(bytes, layout)};
  }

 private:
  static constexpr std::size_t kStride = 32;

  /// Four words in one step, none of which waits for another.
  static std::uint64_t step(std::uint64_t sum, const char* at) noexcept {
    return std::rotl(sum, 23) + load_word(at) * 0xC2B2AE3D27D4EB4F +
           load_word(at + 8) * 0x165667B19E3779F9 + load_word(at + 16) * 0xD6E8FEB86659FD93 +
           load_word(at + 24) * 0xA0761D6478BD642F;
  }

  static std::uint64_t hash_of(std::string_view bytes, std::uint32_t layout) noexcept {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
    std::uint64_t sum = std::uint64_t{layout} << 32 ^ bytes.size();
    if (bytes.size() >= kStride) {
      const char* at = bytes.data();
      const char* const last = at + bytes.size() - kStride;
      for (; at < last; at += kStride) sum = step(sum, at);
      sum = step(sum, last);
    } else {
      std::array<char, kStride> padded{};
      if (!bytes.empty()) std::memcpy(padded.data(), bytes.data(), bytes.size());
      sum = step(sum, padded.data());
    }
    sum = (sum ^ (sum >> 32)) * kFactor;
    return sum ^ (sum >> 29);
  }
};

}  // namespace dosimeter::sim
