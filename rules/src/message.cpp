#include "rules/src/message.h"

#include "rules/src/utf8.h"

namespace dosimeter::rules {
namespace {

void append_byte(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
}

// U+0080 to U+009F: terminals may take them for commands, as they do the bytes below 0x20.
bool is_upper_control(std::string_view sequence) {
  return sequence.size() == 2 && sequence[0] == '\xC2' &&
         static_cast<unsigned char>(sequence[1]) < 0xA0;
}

void append_printable(std::string& out, std::string_view text, bool escape_quotes) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length_at(text, at);
    const std::string_view sequence = text.substr(at, length == 0 ? 1 : length);
    at += sequence.size();
    const auto byte = static_cast<unsigned char>(sequence[0]);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\r') {
      out += "\\r";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (escape_quotes && (byte == '"' || byte == '\\')) {
      out += '\\';
      out += sequence;
    } else if (length == 0 || byte < 0x20 || byte == 0x7F || is_upper_control(sequence)) {
      for (const char part : sequence) append_byte(out, static_cast<unsigned char>(part));
    } else {
      out += sequence;
    }
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

}  // namespace dosimeter::rules
