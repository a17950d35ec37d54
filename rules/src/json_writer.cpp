#include "rules/src/json_writer.h"

#include "text/utf8.h"

#include <charconv>
#include <cstddef>

namespace dosimeter::rules {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text::utf8_length_at(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    } else {
      if (byte == '"' || byte == '\\') out += '\\';
      out += text.substr(at, length);
    }
    at += length == 0 ? 1 : length;
  }
  out += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (follows_) text_ += ',';
  follows_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  follows_ = false;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  follows_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  text_ += ':';
  follows_ = false;
}

void JsonWriter::string(std::string_view text) {
  separate();
  append_quoted(text_, text);
}

void JsonWriter::number(double value) {
  char digits[40];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  raw(std::string_view(digits, static_cast<std::size_t>(written.ptr - digits)));
}

void JsonWriter::raw(std::string_view value) {
  separate();
  text_ += value;
}

}  // namespace dosimeter::rules
