#pragma once

#include <dosimeter/match_choices.h>

#include "engine/src/trigrams.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace dosimeter::detail {

/// A text made ready for many patterns: folded once instead of by each of them. Ordinary text is
/// ASCII from the space on, without `*`; only that takes the fast matchers, so that whatever
/// recorders disagree on is left to the reference matcher. On it every letter case but the exact
/// one is the same.
struct PreparedText {
  enum class Form : unsigned char {
    folded,         // an ordinary text, copied, with its letter case folded
    exact,          // an ordinary text, copied as it is
    without_copy,   // an ordinary text for which there was no room
    extraordinary,  // any other
  };

  std::string_view original;
  /// With kMargin zeros on either side. Only where the form says so.
  std::string_view copy;
  Form form;
  /// Of the copy; everything where nobody looked.
  TrigramFilter trigrams = {};

  static constexpr std::size_t kMargin = 16;
  /// What a copy takes beside its text.
  static constexpr std::size_t kMargins = 2 * kMargin;

  [[nodiscard]] bool has_copy() const noexcept { return form <= Form::exact; }
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

/// Looks at its trigrams, which pays where many patterns are to be asked. REQUIRES: a copy.
inline void find_trigrams(PreparedText& text) noexcept {
  text.trigrams = TrigramFilter::of_nothing();
  text.trigrams.add_all(text.copy);
}

/// Hands out parts of a scratch buffer, front to back.
class TextSpace {
 public:
  explicit TextSpace(std::span<char> space) noexcept : rest_(space) {}

  [[nodiscard]] PreparedText prepare(std::string_view text, bool folds) noexcept {
    const PreparedText prepared = detail::prepare(text, folds, rest_);
    if (prepared.has_copy()) rest_ = rest_.subspan(text.size() + PreparedText::kMargins);
    return prepared;
  }

 private:
  std::span<char> rest_;
};

}  // namespace dosimeter::detail
