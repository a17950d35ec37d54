#pragma once

#include <string_view>

namespace dosimeter::sim {

/// `text` without the spaces and tabs at its ends.
[[nodiscard]] inline std::string_view without_blanks(std::string_view text) noexcept {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace dosimeter::sim
