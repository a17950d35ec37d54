#pragma once

#include <cstdint>

/// Where bits of a word are, without a look at whether there is one.
namespace dosimeter::detail {

/// The number of the lowest bit that is set. REQUIRES: there is one.
[[nodiscard]] inline unsigned lowest_bit(std::uint32_t bits) noexcept {
  return static_cast<unsigned>(__builtin_ctz(bits));
}
[[nodiscard]] inline unsigned lowest_bit(std::uint64_t bits) noexcept {
  return static_cast<unsigned>(__builtin_ctzll(bits));
}

/// The number of the highest bit that is set. REQUIRES: there is one.
[[nodiscard]] inline unsigned highest_bit(std::uint64_t bits) noexcept {
  return static_cast<unsigned>(__builtin_clzll(bits)) ^ 63u;
}

}  // namespace dosimeter::detail
