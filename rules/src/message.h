#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// The most bytes of a user's text that a message repeats.
inline constexpr std::size_t kQuotedBytes = 80;

/// `text` so that it cannot disturb a terminal or a line: control characters, invisible and
/// direction characters and bytes that are no UTF-8 are written `\xHH`, byte by byte.
std::string printable(std::string_view text);

/// The same in double quotes, cut at a code point boundary to at most kQuotedBytes bytes before
/// escapes, with `...` where something was cut.
std::string quote(std::string_view text);

/// As `quote`, without the quotation marks: for JSON tokens, which bring their own.
std::string excerpt(std::string_view text);

inline void append(std::string& out, std::string_view part) {
  out += part;
}
inline void append(std::string& out, char part) {
  out += part;
}
inline void append(std::string& out, std::integral auto part) {
  out += std::to_string(part);
}

/// `a`, `a and b`, `a, b and c`.
std::string enumerate(std::span<const std::string_view> names);

/// The parts, texts and whole numbers, one after the other.
template <typename... Parts>
std::string concat(const Parts&... parts) {
  std::string out;
  (append(out, parts), ...);
  return out;
}

}  // namespace dosimeter::rules
