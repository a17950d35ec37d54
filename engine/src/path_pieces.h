#pragma once

#include "engine/src/byte_blocks.h"
#include "engine/src/byte_words.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// A text in pieces: each goes on to a slash and has it, but for the last, which may be empty. A
/// piece between two slashes is a token; pieces from the first on are a prefix.
namespace dosimeter::detail {

/// Reads a text piece after piece. REQUIRES: a block may be read past the text's end.
class PieceReader {
 public:
  explicit PieceReader(std::string_view text) noexcept
      : next_(text.data()), end_(next_ + text.size()), block_(next_ - kBlockBytes) {}

  /// Reads the next piece that ends with a slash; false where there is none.
  bool next() noexcept {
    while (slashes_ == 0) {
      block_ += kBlockBytes;
      if (block_ >= end_) return false;
      slashes_ = block_bits_equal_to('/', block_);
    }
    const char* const piece_end = block_ + std::countr_zero(slashes_) + 1;
    if (piece_end > end_) return false;
    slashes_ &= slashes_ - 1;
    piece_ = next_;
    next_ = piece_end;
    return true;
  }
  [[nodiscard]] std::string_view piece() const noexcept {
    return {piece_, static_cast<std::size_t>(next_ - piece_)};
  }
  /// Where it ends.
  [[nodiscard]] const char* place() const noexcept { return next_; }

 private:
  const char* piece_ = nullptr;
  const char* next_;
  const char* end_;
  const char* block_;          // that was looked at
  std::uint32_t slashes_ = 0;  // those of the block that are left
};

/// Of a piece, or of several: the high bits are the good ones. REQUIRES: a word may be read past
/// the end.
[[nodiscard]] inline std::uint64_t part_hash(std::string_view part) noexcept {
  std::uint64_t hash = part.size();
  const char* bytes = part.data();
  std::size_t left = part.size();
  for (; left > kWordBytes; left -= kWordBytes, bytes += kWordBytes) {
    hash = mix(hash ^ load_word(bytes));
  }
  return mix(hash ^ (load_word(bytes) & first_bytes(left))) * 0xD6E8FEB86659FD93;
}

/// Of the last bytes of a text, 1 to a word. REQUIRES: a word may be read before its end.
[[nodiscard]] inline std::uint64_t end_hash(const char* text_end, std::size_t size) noexcept {
  const std::uint64_t word = load_word(text_end - kWordBytes) & last_bytes(size);
  return mix(word ^ size) * 0xE7037ED1A0B428DB;
}

/// Of two tokens, the first before the second.
[[nodiscard]] inline std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second) noexcept {
  return (mix(first) ^ second) * 0x9E3779B97F4A7C15;
}

/// Of a whole text, which is not that of a prefix or a token.
[[nodiscard]] inline std::uint64_t whole_hash(std::string_view text) noexcept {
  return ~part_hash(text);
}

}  // namespace dosimeter::detail
