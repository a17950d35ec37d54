#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>

#include "engine/src/byte_words.h"
#include "engine/src/prepared_text.h"
#include "engine/src/reference_matcher.h"
#include "engine/src/wildcard_program.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::detail {

/// A pattern made ready for ordinary text, with the reference matcher for all other. Immutable.
class CompiledPattern {
 public:
  /// What ordinary text has to be put through.
  enum class Shape : unsigned char {
    literal,         // no wildcard: equal to the head
    affixes,         // one run of `*`: starts with the head, ends with the tail
    general,         // the head, then what the middle stands for, then the tail
    reference_only,  // not ASCII, or longer than any rule's: starts with the head, and the
                     // reference matcher has the last word
  };

  CompiledPattern(std::string_view text, const MatchChoices& choices);

  /// Whether a text matches that was prepared folded if the pattern folds. A text on which the
  /// recorder would break does not. Time: linear in an ordinary text, whatever the text. Allocates
  /// nothing, but for what ReferenceMatcher says of other text.
  [[nodiscard]] bool matches(const PreparedText& text) const noexcept {
    if (!text.ordinary || !text.has_copy() || text.folds != folds_) return matches_slowly(text);
    if (text.copy.size() < affix_sizes_) return false;
    // Of head and tail the last word and the first are what tells patterns apart that are about
    // the same thing.
    const char* const end = text.copy.data() + text.copy.size();
    const std::uint64_t head = load_word(text.copy.data() + head_end_place_) ^ head_end_;
    const std::uint64_t tail = load_word(end - kWordBytes) ^ tail_end_;
    if (((head & head_end_mask_) | (tail & tail_end_mask_)) != 0) return false;
    return is_told_by_ends_ ? text.copy.size() <= most_bytes_ : matches_rest(text);
  }

  [[nodiscard]] PatternOutcome reference_outcome(std::string_view text) const noexcept {
    return reference_.outcome(text);
  }

  /// As Pattern's.
  [[nodiscard]] bool is_star() const noexcept { return is_star_; }
  [[nodiscard]] bool matches_everything() const noexcept { return matches_everything_; }

  [[nodiscard]] Shape shape() const noexcept { return shape_; }
  /// Whether letter case is folded.
  [[nodiscard]] bool folds() const noexcept { return folds_; }
  /// What ordinary text that matches starts and ends with, folded if the pattern folds. ASCII.
  [[nodiscard]] const std::string& head() const noexcept { return head_; }
  [[nodiscard]] const std::string& tail() const noexcept { return tail_; }
  /// Of the general shape, from its first wildcard to its last.
  [[nodiscard]] const std::string& middle() const noexcept { return middle_; }

 private:
  void compile_for_ordinary_text(std::string_view text, Anchoring anchoring);
  void compile_ends();
  [[nodiscard]] bool matches_rest(const PreparedText& text) const noexcept;
  [[nodiscard]] bool matches_slowly(const PreparedText& text) const noexcept;

  // In the order in which a match reads them.
  std::size_t affix_sizes_ = 0;
  std::size_t head_end_place_ = 0;
  /// The last bytes of the head and of the tail, up to a word of each.
  std::uint64_t head_end_ = 0;
  std::uint64_t head_end_mask_ = 0;
  std::uint64_t tail_end_ = 0;
  std::uint64_t tail_end_mask_ = 0;
  std::size_t most_bytes_ = SIZE_MAX;
  Shape shape_ = Shape::reference_only;
  bool folds_;
  /// Whether nothing is left to look at where those and the size agree.
  bool is_told_by_ends_ = false;
  bool is_star_;
  bool matches_everything_;
  std::string head_;
  std::string tail_;
  std::string middle_;
  std::optional<WildcardProgram> program_;
  ReferenceMatcher reference_;
};

}  // namespace dosimeter::detail
