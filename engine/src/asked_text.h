#pragma once

#include "engine/src/compiled_pattern.h"
#include "engine/src/prepared_text.h"

#include <span>
#include <string_view>

namespace dosimeter::detail {

/// A text that is put to one pattern after another. Once some of those have been asked that a look
/// at the text's trigrams may spare, it takes that look.
class AskedText {
 public:
  /// As `prepare`.
  AskedText(std::string_view text, bool folds, std::span<char> space) noexcept
      : text_(prepare(text, folds, space)) {}
  explicit AskedText(const PreparedText& text) noexcept : text_(text) {}

  [[nodiscard]] const PreparedText& text() const noexcept { return text_; }

  [[nodiscard]] bool matches(const CompiledPattern& pattern) noexcept {
    asked_ += pattern.is_general() ? 1u : 0u;
    if (asked_ == kFew && text_.has_copy()) {
      ++asked_;  // once
      find_trigrams(text_);
    }
    return pattern.matches(text_);
  }

 private:
  /// From here on the look pays.
  static constexpr unsigned kFew = 4;

  PreparedText text_;
  unsigned asked_ = 0;
};

}  // namespace dosimeter::detail
