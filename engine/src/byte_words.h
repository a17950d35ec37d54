#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Short texts eight bytes at a time. Results do not depend on the machine's byte order unless
/// said.
namespace dosimeter::detail {

/// A word of text.
inline constexpr std::size_t kWordBytes = sizeof(std::uint64_t);

/// Eight bytes in the machine's order, whatever their alignment.
[[nodiscard]] inline std::uint64_t load_word(const char* bytes) noexcept {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

[[nodiscard]] inline std::uint32_t load_half_word(const char* bytes) noexcept {
  std::uint32_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// The bits of the `count` bytes that stand first in a loaded word, 0 to 8.
[[nodiscard]] constexpr std::uint64_t first_bytes(std::size_t count) noexcept {
  if (count == 0) return 0;
  const std::size_t others = 8 * (kWordBytes - count);
  return std::endian::native == std::endian::little ? ~std::uint64_t{0} >> others
                                                    : ~std::uint64_t{0} << others;
}

/// The bits of the `count` bytes that stand last in a loaded word, 0 to 8.
[[nodiscard]] constexpr std::uint64_t last_bytes(std::size_t count) noexcept {
  return ~first_bytes(kWordBytes - count);
}

/// The highest bit of each byte of a loaded word that is `byte`.
[[nodiscard]] constexpr std::uint64_t bytes_equal_to(char byte, std::uint64_t word) noexcept {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  constexpr std::uint64_t kLow = 0x7F * kEach;
  const std::uint64_t difference = word ^ static_cast<unsigned char>(byte) * kEach;
  return ~(((difference & kLow) + kLow) | difference | kLow);
}

/// Of such bits, none of them zero: which byte of the loaded text comes first.
[[nodiscard]] constexpr std::size_t first_byte(std::uint64_t bits) noexcept {
  const int zeros =
      std::endian::native == std::endian::little ? std::countr_zero(bits) : std::countl_zero(bits);
  return static_cast<std::size_t>(zeros) / 8;
}

[[nodiscard]] constexpr std::uint64_t without_first_byte(std::uint64_t bits) noexcept {
  return std::endian::native == std::endian::little ? bits & (bits - 1)
                                                    : bits & ~std::bit_floor(bits);
}

/// Up to eight bytes in one word, and different ones for different texts of one length.
[[nodiscard]] inline std::uint64_t load_short(const char* bytes, std::size_t size) noexcept {
  if (size >= 4) {
    return std::uint64_t{load_half_word(bytes)} | std::uint64_t{load_half_word(bytes + size - 4)}
                                                      << 32;
  }
  if (size == 0) return 0;
  const auto byte = [&](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(bytes[i])};
  };
  return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t word) noexcept {
  word *= 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
  return word ^ (word >> 32);
}

/// Whether two texts of one size are the same.
[[nodiscard]] inline bool same_bytes(const char* a, const char* b, std::size_t size) noexcept {
  if (size < kWordBytes) return load_short(a, size) == load_short(b, size);
  std::uint64_t difference = load_word(a + size - kWordBytes) ^ load_word(b + size - kWordBytes);
  for (std::size_t i = 0; i + kWordBytes < size; i += kWordBytes) {
    difference |= load_word(a + i) ^ load_word(b + i);
  }
  return difference == 0;
}

}  // namespace dosimeter::detail
