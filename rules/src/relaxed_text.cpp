#include "rules/src/relaxed_text.h"

#include <algorithm>
#include <cstddef>

namespace dosimeter::rules {
namespace {

std::size_t end_of_string(std::string_view text, std::size_t quote) {
  std::size_t at = quote + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return std::min(at + 1, text.size());
}

// Where the comment that begins at `begin` ends, or `begin` where there is none.
std::size_t end_of_comment(std::string_view text, std::size_t begin) {
  if (text.substr(begin, 2) == "//")
    return std::min(text.find_first_of("\r\n", begin), text.size());
  if (text.substr(begin, 2) != "/*") return begin;
  const std::size_t closing = text.find("*/", begin + 2);
  return closing == std::string_view::npos ? begin : closing + 2;
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    if (text[at] != '\n') text[at] = ' ';
  }
}

}  // namespace

std::string relaxed_text(std::string_view text, const DocumentChoices& choices) {
  std::string relaxed(text);
  std::size_t depth = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char byte = text[at];
    if (byte == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (byte == '/' && choices.comments == Comments::skipped) {
      const std::size_t end = std::max(end_of_comment(text, at), at + 1);
      if (end > at + 1) blank(relaxed, at, end);
      at = end;
      continue;
    }
    if (byte == '{' || byte == '[') ++depth;
    const bool closes = (byte == '}' || byte == ']') && depth > 0;
    if (closes && --depth == 0 && choices.text_after == TextAfter::not_read) {
      blank(relaxed, at + 1, text.size());
      return relaxed;
    }
    ++at;
  }
  return relaxed;
}

}  // namespace dosimeter::rules
