#pragma once

#include <dosimeter/pattern.h>
#include <dosimeter/recorder.h>

#include <optional>
#include <span>
#include <string_view>

namespace dosimeter::detail {

/// A text made ready for many patterns: folded once instead of by each of them. Ordinary text is
/// ASCII without `*` and line breaks; only that is folded here, and only that takes the fast
/// matchers, so that whatever recorders disagree on is left to the reference matcher.
struct PreparedText {
  std::string_view original;
  /// The same length as `original`, letter case folded where that was asked for. Meaningless unless
  /// `ordinary`.
  std::string_view folded;
  bool ordinary = false;
};

/// Prepares `text` for patterns compiled with `letter_case`, using the start of `space`. A text
/// longer than `space` is not ordinary. The result views `text` and `space`.
[[nodiscard]] inline PreparedText prepare(std::string_view text, LetterCase letter_case,
                                          std::span<char> space) noexcept {
  if (text.size() > space.size()) return {text, {}, false};
  const bool folds = letter_case == LetterCase::folded;
  unsigned other = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    other |= static_cast<unsigned>(byte >= 0x80) | static_cast<unsigned>(byte == '*') |
             static_cast<unsigned>(byte == '\n') | static_cast<unsigned>(byte == '\r');
    const bool upper = folds && static_cast<unsigned char>(byte - 'A') < 26;
    space[i] = static_cast<char>(upper ? byte | 0x20u : byte);
  }
  return {text, {space.data(), text.size()}, other == 0};
}

/// Whether the whole of a text matches that was prepared with the pattern's letter case. Allocates
/// nothing.
[[nodiscard]] bool matches(const Pattern& pattern, const PreparedText& text) noexcept;

}  // namespace dosimeter::detail
