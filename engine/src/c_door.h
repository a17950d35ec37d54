#pragma once

#include <dosimeter/request.h>

#include <dosimeter.h>

#include <string>
#include <string_view>

/// What every function of the C interface does with what comes in and goes out.
namespace dosimeter::detail {

inline dosimeter_text text_of(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

inline constexpr dosimeter_text kAbsentText{nullptr, 0};

/// An absent text is empty.
inline std::string_view view_of(dosimeter_text text) noexcept {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

inline FieldText field_of(const dosimeter_text& text) noexcept {
  return text.data == nullptr ? FieldText() : FieldText(std::string_view(text.data, text.size));
}

/// Does the work, which returns a code. What it may throw is that memory has run out, or that a
/// text is longer than any memory.
template <typename Work>
int behind_the_door(const Work& work) noexcept {
  try {
    return work();
  } catch (...) {
    return DOSIMETER_OUT_OF_MEMORY;
  }
}

}  // namespace dosimeter::detail
