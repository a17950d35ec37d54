#include "sim/log/json_text.h"

#include "sim/log/log_block.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace dosimeter::sim {
namespace {

std::optional<std::uint32_t> hex_number(std::string_view text) noexcept {
  if (text.size() != 4) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    number = number * 16 + static_cast<std::uint32_t>(digit);
  }
  return number;
}

/// Writes a string of JSON as it is meant. Never longer than it was.
class Unescape {
 public:
  Unescape(std::string_view text, char* into) noexcept : text_(text), begin_(into), into_(into) {}

  /// How many bytes were written; nothing where an escape is none.
  std::optional<std::size_t> run() noexcept {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '\\') {
        *into_++ = c;
      } else if (!escape()) {
        return std::nullopt;
      }
    }
    return static_cast<std::size_t>(into_ - begin_);
  }

 private:
  bool escape() noexcept {
    if (at_ == text_.size()) return false;
    switch (const char c = text_[at_++]) {
      case '"':
      case '\\':
      case '/':
        *into_++ = c;
        return true;
      case 'n':
        *into_++ = '\n';
        return true;
      case 't':
        *into_++ = '\t';
        return true;
      case 'r':
        *into_++ = '\r';
        return true;
      case 'b':
        *into_++ = '\b';
        return true;
      case 'f':
        *into_++ = '\f';
        return true;
      case 'u':
        return code_point();
      default:
        return false;
    }
  }

  bool code_point() noexcept {
    const auto first = hex_number(text_.substr(at_, 4));
    if (!first) return false;
    at_ += 4;
    std::uint32_t point = *first;
    if (point >= 0xD800 && point < 0xE000) {
      const bool pair = point < 0xDC00 && text_.substr(at_).starts_with("\\u");
      const auto second = pair ? hex_number(text_.substr(at_ + 2, 4)) : std::nullopt;
      if (!second || *second < 0xDC00 || *second >= 0xE000) return false;
      at_ += 6;
      point = 0x10000 + ((point - 0xD800) << 10) + (*second - 0xDC00);
    }
    write(point);
    return true;
  }

  void write(std::uint32_t point) noexcept {
    const auto put = [&](std::uint32_t byte) { *into_++ = static_cast<char>(byte); };
    if (point < 0x80) return put(point);
    if (point < 0x800) {
      put(0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        put(0xE0 | point >> 12);
      } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
      }
      put(0x80 | (point >> 6 & 0x3F));
    }
    put(0x80 | (point & 0x3F));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char* begin_;
  char* into_;
};

}  // namespace

std::optional<std::string_view> json_text(std::string_view escaped, TextArena& texts) {
  const std::span<char> room = texts.room(escaped.size() + kBlockPadding);
  const auto size = Unescape(escaped, room.data()).run();
  if (!size) return std::nullopt;
  return texts.keep(*size);
}

}  // namespace dosimeter::sim
