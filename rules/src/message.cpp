#include "rules/src/message.h"

#include "rules/src/utf8.h"

#include <algorithm>
#include <array>

namespace dosimeter::rules {
namespace {

void append_byte(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
}

struct CodePoints {
  char32_t first;
  char32_t last;
};

// What no one sees and yet acts on a terminal or on the order of a line: Unicode 15, categories Cc,
// Zl and Zp, and those of Cf that concern direction, joining, invisible operators and annotation.
constexpr std::array<CodePoints, 8> kUnprintable{{{0x00, 0x1F},
                                                  {0x7F, 0x9F},
                                                  {0x061C, 0x061C},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFF9, 0xFFFB}}};

bool is_unprintable(char32_t code_point) {
  return std::any_of(kUnprintable.begin(), kUnprintable.end(), [&](const CodePoints& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

void append_printable(std::string& out, std::string_view text, bool escape_quotes) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length_at(text, at);
    const std::string_view sequence = text.substr(at, length == 0 ? 1 : length);
    at += sequence.size();
    if (length == 0 || is_unprintable(utf8_code_point(sequence))) {
      for (const char part : sequence) append_byte(out, static_cast<unsigned char>(part));
      continue;
    }
    if (escape_quotes && (sequence == "\"" || sequence == "\\")) out += '\\';
    out += sequence;
  }
}

std::string_view shortened(std::string_view text) {
  if (text.size() <= kQuotedBytes) return text;
  std::size_t end = kQuotedBytes;
  while (end > kQuotedBytes - 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text, false);
  return out;
}

std::string quote(std::string_view text) {
  const std::string_view kept = shortened(text);
  std::string out = "\"";
  append_printable(out, kept, true);
  if (kept.size() < text.size()) out += "...";
  out += '"';
  return out;
}

std::string excerpt(std::string_view text) {
  const std::string_view kept = shortened(text);
  std::string out;
  append_printable(out, kept, false);
  if (kept.size() < text.size()) out += "...";
  return out;
}

std::string enumerate(std::span<const std::string_view> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace dosimeter::rules
