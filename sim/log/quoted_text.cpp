#include "sim/log/quoted_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

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

/// The code point of a valid sequence of two or three bytes; of four, anything past U+FFFF.
unsigned code_point(std::string_view sequence) {
  if (sequence.size() == 4) return 0x10000;
  unsigned point = byte_at(sequence, 0) & (sequence.size() == 2 ? 0x1FU : 0x0FU);
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    point = point << 6U | (byte_at(sequence, i) & 0x3FU);
  }
  return point;
}

struct CodePoints {
  unsigned first;
  unsigned last;
};

/// What a terminal obeys instead of showing, past ASCII (UnicodeData.txt: categories Cc, Zl and Zp,
/// and those of Cf that move or hide text): C1 controls, the marks, embeddings, overrides and
/// isolates of UAX #9, line and paragraph separators, characters without width, the byte order mark
/// and interlinear annotations.
constexpr CodePoints kSteering[] = {{0x80, 0x9F},     {0x61C, 0x61C},   {0x200B, 0x200F},
                                    {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
                                    {0xFFF9, 0xFFFB}};

bool steers_terminal(std::string_view sequence) {
  const unsigned point = code_point(sequence);
  return std::any_of(std::begin(kSteering), std::end(kSteering), [point](CodePoints range) {
    return point >= range.first && point <= range.last;
  });
}

std::string escaped(std::string_view text, std::size_t max_bytes, bool within_quotes) {
  std::string result;
  std::size_t index = 0;
  while (index < text.size()) {
    const unsigned byte = byte_at(text, index);
    const std::size_t multibyte = byte < 0x80 ? 0 : multibyte_length(text.substr(index));
    const std::string_view letter = text.substr(index, multibyte == 0 ? 1 : multibyte);
    if (index + letter.size() > max_bytes) {
      result += "...";
      break;
    }
    const bool shown = multibyte != 0 ? !steers_terminal(letter) : byte >= 0x20 && byte < 0x7F;
    if (shown) {
      if (within_quotes && (byte == '"' || byte == '\\')) result += '\\';
      result += letter;
    } else {
      for (std::size_t i = 0; i < letter.size(); ++i) {
        result += fmt::format("\\x{:02X}", byte_at(letter, i));
      }
    }
    index += letter.size();
  }
  return result;
}

}  // namespace

std::string in_quotes(std::string_view text, std::size_t max_bytes) {
  return '"' + escaped(text, max_bytes, true) + '"';
}

std::string without_controls(std::string_view text) {
  return escaped(text, text.npos, false);
}

}  // namespace dosimeter::sim
