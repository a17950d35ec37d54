#pragma once

#include "engine/src/byte_words.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Three bytes that follow one another in a text: what has not those of a pattern does not match
/// it.
namespace dosimeter::detail {

inline constexpr std::size_t kTrigram = 3;

/// Of the three bytes at `bytes`; one more may be read.
[[nodiscard]] inline std::uint64_t trigram_hash(const char* bytes) noexcept {
  constexpr std::uint32_t kFirstThree =
      std::endian::native == std::endian::little ? 0x00FFFFFFu : 0xFFFFFF00u;
  const std::uint64_t trigram = load_half_word(bytes) & kFirstThree;
  return (trigram + 1) * 0x9E3779B97F4A7C15;
}

/// A set of trigrams of which it may say that it has one that it has not: a Bloom filter of one
/// word and one hash.
class TrigramFilter {
 public:
  /// Has everything.
  TrigramFilter() = default;
  static TrigramFilter of_nothing() noexcept { return TrigramFilter(0); }

  /// Adds those of `text`; one byte past it may be read.
  void add_all(std::string_view text) noexcept {
    for (std::size_t i = 0; i + kTrigram <= text.size(); ++i) {
      bits_ |= std::uint64_t{1} << (trigram_hash(text.data() + i) >> 58);
    }
  }

  [[nodiscard]] bool may_have_all_of(TrigramFilter other) const noexcept {
    return (other.bits_ & ~bits_) == 0;
  }

 private:
  explicit TrigramFilter(std::uint64_t bits) noexcept : bits_(bits) {}
  std::uint64_t bits_ = ~std::uint64_t{0};
};

}  // namespace dosimeter::detail
