#include "engine/src/characters.h"

namespace dosimeter::detail {
namespace {

/// The value of the continuation byte at `position`, or -1 where there is none.
int continuation(std::string_view text, std::size_t position) noexcept {
  if (position >= text.size()) return -1;
  const auto byte = static_cast<unsigned char>(text[position]);
  return (byte & 0xC0u) == 0x80u ? static_cast<int>(byte & 0x3Fu) : -1;
}

}  // namespace

Character first_character(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};

  const Character invalid{kInvalidByte + lead, 1};
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0) return invalid;

  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const int bits = continuation(text, i);
    if (bits < 0) return invalid;
    value = (value << 6) | static_cast<char32_t>(bits);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return invalid;
  return {value, length};
}

std::string fold_ascii(std::string text, bool folds) {
  if (folds) {
    for (char& byte : text) byte = fold_ascii(byte);
  }
  return text;
}

}  // namespace dosimeter::detail
