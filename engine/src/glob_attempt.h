#pragma once

#include <cstddef>
#include <string_view>

namespace dosimeter::detail {

enum class GlobAttempt : unsigned char { matches, fails, gave_up };

/// Whether `text` matches a pattern of literals, `?` and `*`, byte for byte, by going back to the
/// last `*` wherever it does not: the quickest way for the texts there are. There are others on
/// which it takes as many steps as the product of both lengths; it gives up where it has taken more
/// than a few for each byte.
[[nodiscard]] inline GlobAttempt attempt_glob(std::string_view pattern,
                                              std::string_view text) noexcept {
  constexpr std::size_t kStepsForEachByte = 4;
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t steps = kStepsForEachByte * (pattern.size() + text.size());
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = kNone;   // the last one passed
  std::size_t star_ends = 0;  // where the text goes on after what it stands for so far
  while (t < text.size()) {
    if (steps-- == 0) return GlobAttempt::gave_up;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_ends = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++star_ends;
    } else {
      return GlobAttempt::fails;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size() ? GlobAttempt::matches : GlobAttempt::fails;
}

}  // namespace dosimeter::detail
