#include "sim/log/quoted_text.h"

#include <fmt/format.h>

namespace dosimeter::sim {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

/// The length of the UTF-8 sequence of two to four bytes at the front of `text`, or 0 where there
/// is none. Overlong forms, surrogates and code points past U+10FFFF are none (RFC 3629).
std::size_t multibyte_length(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) return 0;
  }
  const unsigned second = byte_at(text, 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool too_large = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

}  // namespace

std::string in_quotes(std::string_view text, std::size_t max_bytes) {
  std::string result = "\"";
  std::size_t index = 0;
  while (index < text.size()) {
    const unsigned byte = byte_at(text, index);
    const std::size_t multibyte = byte < 0x80 ? 0 : multibyte_length(text.substr(index));
    const std::size_t length = multibyte == 0 ? 1 : multibyte;
    if (index + length > max_bytes) {
      result += "...";
      break;
    }
    if (multibyte != 0) {
      result += text.substr(index, multibyte);
    } else if (byte < 0x20 || byte >= 0x7F) {
      result += fmt::format("\\x{:02X}", byte);
    } else {
      if (byte == '"' || byte == '\\') result += '\\';
      result += text[index];
    }
    index += length;
  }
  result += '"';
  return result;
}

}  // namespace dosimeter::sim
