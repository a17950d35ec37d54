#include "sim/log/compression.h"

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

using std::string_view_literals::operator""sv;

/// A magic number, byte by byte: each from `low` to `high`, which is as long.
struct Magic {
  Compression compression;
  std::string_view low;
  std::string_view high;
};

/// bzip2's has a digit, the size of its blocks, and behind it the front of the first block or, in
/// an empty file, of the end: so that no text that begins with `BZh1` is taken for it.
constexpr std::array<Magic, 6> kMagics = {{
    {Compression::gzip, "\x1F\x8B"sv, "\x1F\x8B"sv},
    {Compression::zstd, "\x28\xB5\x2F\xFD"sv, "\x28\xB5\x2F\xFD"sv},
    {Compression::zstd, "\x50\x2A\x4D\x18"sv, "\x5F\x2A\x4D\x18"sv},
    {Compression::bzip2, "BZh1\x31\x41\x59\x26\x53\x59"sv, "BZh9\x31\x41\x59\x26\x53\x59"sv},
    {Compression::bzip2, "BZh1\x17\x72\x45\x38\x50\x90"sv, "BZh9\x17\x72\x45\x38\x50\x90"sv},
    {Compression::xz, "\xFD\x37zXZ\0"sv, "\xFD\x37zXZ\0"sv},
}};

bool fits(const Magic& magic, std::string_view front, std::size_t length) noexcept {
  for (std::size_t i = 0; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(front[i]);
    if (byte < static_cast<unsigned char>(magic.low[i]) ||
        byte > static_cast<unsigned char>(magic.high[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

CompressionGuess guess_compression(std::string_view front) noexcept {
  CompressionGuess guess;
  for (const Magic& magic : kMagics) {
    const std::size_t length = std::min(magic.low.size(), front.size());
    if (!fits(magic, front, length)) continue;
    if (length == magic.low.size()) return {magic.compression, false};
    guess.undecided = true;
  }
  return guess;
}

std::string_view compression_name(Compression compression) noexcept {
  switch (compression) {
    case Compression::none:
      return {};
    case Compression::gzip:
      return "gzip";
    case Compression::zstd:
      return "zstd";
    case Compression::bzip2:
      return "bzip2";
    case Compression::xz:
      return "xz";
  }
  return {};
}

}  // namespace dosimeter::sim
