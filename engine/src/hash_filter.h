#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dosimeter::detail {

/// What a hash is to be shifted right by for its high bits to number so many places. REQUIRES: a
/// power of two, 2 at least, so that the shift is smaller than a word.
[[nodiscard]] inline unsigned shift_for(std::size_t places) noexcept {
  return 64 - static_cast<unsigned>(std::countr_zero(places));
}

/// Which hashes a table may have: a quick no for most that it has not. A Bloom filter with two bits
/// of one word for each hash. Hashes are good in the high bits.
class HashFilter {
 public:
  /// For so many hashes.
  explicit HashFilter(std::size_t hashes = 0)
      : words_(std::bit_ceil(kBitsForEach * hashes / 64 + 2)), shift_(shift_for(words_.size())) {}

  void add(std::uint64_t hash) noexcept { words_[hash >> shift_] |= bits_of(hash); }
  [[nodiscard]] bool may_have(std::uint64_t hash) const noexcept {
    const std::uint64_t bits = bits_of(hash);
    return (words_[hash >> shift_] & bits) == bits;
  }

 private:
  static constexpr std::size_t kBitsForEach = 12;

  /// By those of the hash that are next in goodness to the high ones.
  static std::uint64_t bits_of(std::uint64_t hash) noexcept {
    return std::uint64_t{1} << (hash >> 40 & 63) | std::uint64_t{1} << (hash >> 34 & 63);
  }

  std::vector<std::uint64_t> words_;
  unsigned shift_;
};

}  // namespace dosimeter::detail
