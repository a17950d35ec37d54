#pragma once

#include <charconv>
#include <string>

namespace dosimeter::detail {

/// The shortest text that reads back as the same number. Free of locale; "nan" and "inf" for what
/// is no number.
template <typename Number>
[[nodiscard]] std::string number_text(Number value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value);
  return std::string(text, end.ptr);
}

}  // namespace dosimeter::detail
