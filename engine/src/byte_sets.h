#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Quick answers that are no for most texts.
namespace dosimeter::detail {

class ByteSet {
 public:
  void add(unsigned char byte) noexcept { bits_[byte / 64] |= std::uint64_t{1} << (byte % 64); }
  [[nodiscard]] bool has(unsigned char byte) const noexcept {
    return (bits_[byte / 64] >> (byte % 64) & 1) != 0;
  }

 private:
  std::array<std::uint64_t, 4> bits_{};
};

/// Pairs of bytes. It may say that it has one that it has not.
class BytePairFilter {
 public:
  void add(char first, char second) noexcept {
    const std::size_t bit = bit_of(first, second);
    bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  [[nodiscard]] bool may_have(char first, char second) const noexcept {
    const std::size_t bit = bit_of(first, second);
    return (bits_[bit / 64] >> (bit % 64) & 1) != 0;
  }

 private:
  /// Letters and digits differ in their lower six bits.
  static std::size_t bit_of(char first, char second) noexcept {
    return (static_cast<unsigned char>(first) * 64u + static_cast<unsigned char>(second)) % kBits;
  }
  static constexpr std::size_t kBits = 4096;
  std::array<std::uint64_t, kBits / 64> bits_{};
};

}  // namespace dosimeter::detail
