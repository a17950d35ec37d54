#include "rules/src/text_cursor.h"

namespace dosimeter::rules {
namespace {

bool is_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

constexpr std::string_view kPunctuation = "{}[],:\"'";

}  // namespace

TextCursor::TextCursor(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) offset_ = line_start_ = 3;
}

Place TextCursor::place() const {
  return {line_, static_cast<std::uint32_t>(offset_ - line_start_ + 1)};
}

void TextCursor::advance(std::size_t count) {
  for (; count > 0 && !at_end(); --count) {
    if (text_[offset_++] == '\n') {
      ++line_;
      line_start_ = offset_;
    }
  }
}

void TextCursor::skip_space() {
  while (!at_end() && is_space(peek())) advance(1);
}

void TextCursor::skip_separators() {
  while (!at_end() && (is_space(peek()) || peek() == ',' || peek() == ':')) advance(1);
}

TextCursor::Token TextCursor::next_token() {
  Token token{offset_, 0, place()};
  if (at_end()) return token;
  std::size_t end = offset_ + 1;
  if (peek() == '"') {
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n')
      end += text_[end] == '\\' ? 2U : 1U;
    end = end < text_.size() ? end + (text_[end] == '"' ? 1U : 0U) : text_.size();
  } else if (kPunctuation.find(peek()) == std::string_view::npos) {
    while (end < text_.size() && !is_space(text_[end]) &&
           kPunctuation.find(text_[end]) == std::string_view::npos) {
      ++end;
    }
  }
  token.length = end - offset_;
  advance(token.length);
  return token;
}

}  // namespace dosimeter::rules
