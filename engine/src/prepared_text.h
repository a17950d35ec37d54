#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>

#include <span>
#include <string_view>

namespace dosimeter::detail {

/// A text made ready for many patterns: folded once instead of by each of them. Ordinary text is
/// ASCII without `*` and line breaks; only that is folded here, and only that takes the fast
/// matchers, so that whatever recorders disagree on is left to the reference matcher. On it every
/// letter case but the exact one is the same.
struct PreparedText {
  std::string_view original;
  /// The same length as `original`, letter case folded where that was asked for. Meaningless unless
  /// `ordinary`. Patterns that tell letter case apart look at `original`.
  std::string_view folded;
  bool ordinary = false;
};

/// Whether patterns compiled with `choices` may want folded text.
[[nodiscard]] constexpr bool folds_text(const MatchChoices& choices) noexcept {
  return choices.literal_letter_case != LetterCase::exact ||
         choices.wildcard_letter_case != LetterCase::exact;
}

/// Prepares `text` for patterns, folded if one of them folds, using the start of `space`. A text
/// longer than `space` is not ordinary. The result views `text` and `space`.
[[nodiscard]] inline PreparedText prepare(std::string_view text, bool folds,
                                          std::span<char> space) noexcept {
  if (text.size() > space.size()) return {text, {}, false};
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

/// Whether a text matches that was prepared folded if the pattern folds. As Pattern::matches.
[[nodiscard]] bool matches(const Pattern& pattern, const PreparedText& text) noexcept;

}  // namespace dosimeter::detail
