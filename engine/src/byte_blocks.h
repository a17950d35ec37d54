#pragma once

#include "engine/src/byte_words.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Short texts sixteen bytes at a time.
namespace dosimeter::detail {

inline constexpr std::size_t kBlockBytes = 16;

/// A bit for each byte of a block that is `byte`, the lowest for the first. On every machine.
[[nodiscard]] inline std::uint32_t block_bits_by_words(char byte, const char* block) noexcept {
  const auto bits_of_word = [&](const char* word) {
    std::uint32_t bits = 0;
    std::uint64_t left = bytes_equal_to(byte, load_word(word));
    for (; left != 0; left = without_first_byte(left)) bits |= 1u << first_byte(left);
    return bits;
  };
  return bits_of_word(block) | bits_of_word(block + kWordBytes) << kWordBytes;
}

/// The same, by one instruction where the machine has it.
[[nodiscard]] inline std::uint32_t block_bits_equal_to(char byte, const char* block) noexcept {
#if defined(__SSE2__)
  using Bytes = char __attribute__((vector_size(kBlockBytes)));
  Bytes bytes;
  std::memcpy(&bytes, block, sizeof bytes);
  const auto equal = reinterpret_cast<Bytes>(bytes == byte);
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(equal));
#else
  return block_bits_by_words(byte, block);
#endif
}

/// A bit for each byte of a block that is a letter from A to Z, small or capital. On every machine.
[[nodiscard]] inline std::uint32_t block_bits_of_letters_by_bytes(const char* block) noexcept {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kBlockBytes; ++i) {
    const auto small = static_cast<unsigned char>(block[i] | 0x20);
    bits |= (small >= 'a' && small <= 'z' ? 1u : 0u) << i;
  }
  return bits;
}

/// The same, a block at once where the machine can.
[[nodiscard]] inline std::uint32_t block_bits_of_letters(const char* block) noexcept {
#if defined(__SSE2__)
  using Bytes = signed char __attribute__((vector_size(kBlockBytes)));
  using UnsignedBytes = unsigned char __attribute__((vector_size(kBlockBytes)));
  using Chars = char __attribute__((vector_size(kBlockBytes)));
  UnsignedBytes bytes;
  std::memcpy(&bytes, block, sizeof bytes);
  // Moved up so that z is the largest signed number, letters are the largest of all.
  constexpr unsigned char kUp = 127 - 'z';
  const auto moved = reinterpret_cast<Bytes>((bytes | 0x20) + kUp);
  const auto letters = reinterpret_cast<Chars>(moved > static_cast<signed char>('a' + kUp - 1));
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(letters));
#else
  return block_bits_of_letters_by_bytes(block);
#endif
}

}  // namespace dosimeter::detail
