#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace dosimeter::sim {

/// Eight bytes, the first of them the lowest. REQUIRES: eight readable bytes.
[[nodiscard]] inline std::uint64_t load_word(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

/// The high bit of every byte.
inline constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// `byte` in each of eight.
[[nodiscard]] constexpr std::uint64_t eight_of(char byte) noexcept {
  return static_cast<unsigned char>(byte) * std::uint64_t{0x0101010101010101};
}

}  // namespace dosimeter::sim
