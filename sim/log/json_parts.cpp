#include "sim/log/json_parts.h"

namespace dosimeter::sim {
namespace {

/// Behind the string that begins at `at`.
std::size_t string_end(std::string_view text, std::size_t at) noexcept {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return text.npos;
}

}  // namespace

std::size_t json_value_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return text.npos;
  if (text[at] == '"') return string_end(text, at);
  if (text[at] != '{' && text[at] != '[') {
    const std::size_t end = text.find_first_of(",]} \t\r\n", at);
    return end == text.npos ? text.size() : end;
  }
  for (std::size_t depth = 0; at < text.size();) {
    switch (text[at]) {
      case '{':
      case '[':
        ++depth;
        ++at;
        break;
      case '}':
      case ']':
        ++at;
        if (--depth == 0) return at;
        break;
      case '"':
        at = string_end(text, at);
        break;
      default:
        ++at;
        break;
    }
  }
  return text.npos;
}

}  // namespace dosimeter::sim
