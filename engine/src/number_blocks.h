#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Small numbers eight at a time.
namespace dosimeter::detail {

inline constexpr std::size_t kBlockNumbers = 8;

/// Eight of 16 bits, in one vector register where the machine has such.
using NumberBlock = std::uint16_t __attribute__((vector_size(2 * kBlockNumbers)));

[[nodiscard]] inline NumberBlock load_numbers(const std::uint16_t* numbers) noexcept {
  NumberBlock block;
  std::memcpy(&block, numbers, sizeof block);
  return block;
}

/// All of them the same.
[[nodiscard]] inline NumberBlock repeated(std::uint16_t number) noexcept {
  return NumberBlock{} + number;
}

/// The same of a number of a block.
template <int place>
[[nodiscard]] NumberBlock repeated_number(NumberBlock block) noexcept {
  return __builtin_shufflevector(block, block, place, place, place, place, place, place, place,
                                 place);
}

/// What a comparison says: 0xFFFF where it holds, else 0.
template <typename Compared>
[[nodiscard]] NumberBlock as_numbers(Compared compared) noexcept {
  return reinterpret_cast<NumberBlock>(compared);
}

/// Two bits for each number that a comparison holds for, the lowest for the first. On every
/// machine.
[[nodiscard]] inline std::uint32_t bit_pairs_by_numbers(NumberBlock compared) noexcept {
  std::array<std::uint16_t, kBlockNumbers> numbers;
  std::memcpy(numbers.data(), &compared, sizeof compared);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kBlockNumbers; ++i) bits |= (numbers[i] & 3u) << (2 * i);
  return bits;
}

/// The same, by one instruction where the machine has it. REQUIRES: each number is 0 or 0xFFFF, as
/// comparisons make them.
[[nodiscard]] inline std::uint32_t bit_pairs(NumberBlock compared) noexcept {
#if defined(__SSE2__)
  using Chars = char __attribute__((vector_size(sizeof compared)));
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(compared)));
#else
  return bit_pairs_by_numbers(compared);
#endif
}

}  // namespace dosimeter::detail
