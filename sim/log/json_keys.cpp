#include "sim/log/json_keys.h"

namespace dosimeter::sim {
namespace {

bool is_left_out(char c) noexcept {
  return c == '_' || c == '-' || c == '@' || c == '.' || c == ' ' || c == '\t';
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_like(std::string_view left, std::string_view right) noexcept {
  for (;;) {
    while (!left.empty() && is_left_out(left.front())) left.remove_prefix(1);
    while (!right.empty() && is_left_out(right.front())) right.remove_prefix(1);
    if (left.empty() || right.empty()) return left.empty() && right.empty();
    if (lower(left.front()) != lower(right.front())) return false;
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
}

}  // namespace

JsonKeys::JsonKeys(std::string_view text) noexcept {
  std::size_t at = text.find_first_not_of(" \t\r\n");
  if (at == text.npos || text[at] != '{') return;
  std::size_t depth = 0;
  // Behind `{` or `,` of the outer object.
  bool key_comes = false;
  for (; at < text.size(); ++at) {
    switch (text[at]) {
      case '{':
      case '[':
        key_comes = ++depth == 1;
        break;
      case '}':
      case ']':
        if (--depth == 0) {
          closed_ = true;
          return;
        }
        break;
      case ',':
        key_comes = depth == 1;
        break;
      case '"': {
        const std::size_t begin = at + 1;
        for (++at; at < text.size() && text[at] != '"'; ++at) {
          if (text[at] == '\\') ++at;
        }
        if (at >= text.size()) return;
        if (key_comes && count_ < kMost) keys_[count_++] = text.substr(begin, at - begin);
        key_comes = false;
        break;
      }
      default:
        break;
    }
  }
}

bool JsonKeys::has_any_like(std::initializer_list<std::string_view> keys) const noexcept {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
    return std::any_of(keys_.begin(), end(),
                       [&](std::string_view known) { return is_like(known, key); });
  });
}

}  // namespace dosimeter::sim
