#pragma once

#include <dosimeter/rules/diagnostic.h>

#include <dosimeter_rules.h>

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

inline dosimeter_text text_of(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

/// An absent text is empty.
inline std::string_view view_of(dosimeter_text text) noexcept {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

}  // namespace dosimeter::rules

/// The handle of the C interface.
struct dosimeter_diagnostics {
  struct Entry {
    dosimeter::rules::Diagnostic diagnostic;
    std::string whole;
  };
  std::vector<Entry> entries;
};
