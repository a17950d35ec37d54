#pragma once

#include <dosimeter/match_choices.h>

#include <cstddef>
#include <span>
#include <string_view>

namespace dosimeter::detail {

/// A text made ready for many patterns: folded once instead of by each of them. Ordinary text is
/// ASCII without `*` and control characters; only that takes the fast matchers, so that whatever
/// recorders disagree on is left to the reference matcher. On it every letter case but the exact
/// one is the same.
struct PreparedText {
  std::string_view original;
  /// A copy of `original`, letter case folded where that was asked for, with kMargin zeros on
  /// either side. Without data where there was no room. Meaningless unless `ordinary`.
  std::string_view copy;
  bool ordinary = false;
  /// Whether letter case was asked to be folded.
  bool folds = false;

  static constexpr std::size_t kMargin = 16;
  /// What a copy takes beside its text.
  static constexpr std::size_t kMargins = 2 * kMargin;

  [[nodiscard]] bool has_copy() const noexcept { return copy.data() != nullptr; }
};

/// Whether patterns compiled with `choices` may want folded text.
[[nodiscard]] constexpr bool folds_text(const MatchChoices& choices) noexcept {
  return choices.literal_letter_case != LetterCase::exact ||
         choices.wildcard_letter_case != LetterCase::exact;
}

/// Prepares `text` for patterns, folded if one of them folds, using the start of `space`: the copy
/// with its margins takes text.size() + kMargins of it. The result views `text` and `space`. Time:
/// linear in the text, whether there is room or not.
[[nodiscard]] PreparedText prepare(std::string_view text, bool folds,
                                   std::span<char> space) noexcept;

}  // namespace dosimeter::detail
