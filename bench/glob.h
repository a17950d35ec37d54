#pragma once

#include <cstddef>
#include <string_view>

namespace dosimeter::bench {

/// Whether the whole of `text` matches `pattern`, in which `*` is any run of characters and `?` any
/// one, by going back to the last `*`: what most programs do. REQUIRES: both in one letter case.
[[nodiscard]] inline bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t after_star = kNone;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      resume = t;
      if (p == pattern.size()) return true;
    } else if (p < pattern.size() && (pattern[p] == text[t] || pattern[p] == '?')) {
      ++p;
      ++t;
    } else if (after_star != kNone) {
      p = after_star;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace dosimeter::bench
