#pragma once

#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

/// How an input is packed.
enum class Compression : unsigned char {
  none,
  gzip,
  zstd,
  bzip2,
  xz,
};

/// What the first bytes of an input say of its compression.
struct CompressionGuess {
  Compression compression = Compression::none;
  /// More bytes could make it another one.
  bool undecided = false;
};

/// No more bytes than these decide.
inline constexpr std::size_t kLongestMagic = 10;

/// By the magic numbers of RFC 1952, RFC 8878 (skippable frames included), bzip2 and the xz file
/// format, never by a name.
[[nodiscard]] CompressionGuess guess_compression(std::string_view front) noexcept;

/// `gzip`. Empty for `none`.
[[nodiscard]] std::string_view compression_name(Compression compression) noexcept;

}  // namespace dosimeter::sim
