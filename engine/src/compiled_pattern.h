#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>

#include "engine/src/byte_words.h"
#include "engine/src/prepared_text.h"
#include "engine/src/reference_matcher.h"
#include "engine/src/wildcard_program.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::detail {

/// Whether a pattern with these choices matches every text there is: `*`, or, unless the choices
/// make an exception of some texts, several of them and nothing else.
[[nodiscard]] bool matches_every_text(std::string_view pattern, const MatchChoices& choices);

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

  /// Whether a text matches. Texts prepared in the form that the pattern wants are quick. One on
  /// which the recorder would break does not match. Time: linear in an ordinary text, whatever the
  /// text. Allocates nothing, but for what ReferenceMatcher says of other text.
  [[nodiscard]] bool matches(const PreparedText& text) const noexcept {
    if (text.form != ends_.form) return matches_slowly(text);
    // Without a branch, which would often be foretold wrongly, up to where all is known: of a text
    // that is too short the margins are read.
    const std::size_t size = text.copy.size();
    const std::size_t beyond = size - ends_.least_bytes;  // huge if it is too short
    const bool fits = beyond <= ends_.most_beyond;
    const std::size_t mask = fits ? ~std::size_t{0} : 0;
    const char* const start = text.copy.data() + (ends_.start_place & mask);
    const char* const end = text.copy.data() + size - kWordBytes - (ends_.end_place & mask);
    const std::uint64_t difference =
        ((load_word(start) ^ ends_.start[0]) & ends_.start_mask[0]) |
        ((load_word(start + kWordBytes) ^ ends_.start[1]) & ends_.start_mask[1]) |
        ((load_word(end) ^ ends_.end) & ends_.end_mask);
    if ((difference | (fits ? 0u : 1u)) != 0) return false;
    return ends_.tell_all || matches_rest(text);
  }

  [[nodiscard]] PatternOutcome reference_outcome(std::string_view text) const noexcept {
    return slow_->reference.outcome(text);
  }

  /// As Pattern's.
  [[nodiscard]] bool is_star() const noexcept { return is_star_; }
  [[nodiscard]] bool matches_everything() const noexcept { return matches_everything_; }

  [[nodiscard]] Shape shape() const noexcept { return shape_; }
  /// Whether it is of the general shape.
  [[nodiscard]] bool is_general() const noexcept { return ends_.is_general; }
  /// Whether letter case is folded.
  [[nodiscard]] bool folds() const noexcept { return folds_; }
  /// What ordinary text that matches starts and ends with, and what stands between, from the first
  /// wildcard to the last. ASCII; folded if the pattern folds.
  [[nodiscard]] std::string_view head() const noexcept { return first(head_bytes_); }
  [[nodiscard]] std::string_view middle() const noexcept {
    return between(head_bytes_, tail_bytes_);
  }
  [[nodiscard]] std::string_view tail() const noexcept { return last(tail_bytes_); }

 private:
  void compile_for_ordinary_text(std::string_view text, Anchoring anchoring);
  void compile_ends();
  [[nodiscard]] std::string_view first(std::size_t bytes) const noexcept {
    return {text_.data(), bytes};
  }
  [[nodiscard]] std::string_view last(std::size_t bytes) const noexcept {
    return {text_.data() + text_.size() - bytes, bytes};
  }
  [[nodiscard]] std::string_view between(std::size_t start, std::size_t end) const noexcept {
    return {text_.data() + start, text_.size() - start - end};
  }
  /// What stands before the first `*` and after the last, which may have a `?`, and what is
  /// between, if anything is: from the first `*` to the last.
  [[nodiscard]] std::string_view start() const noexcept { return first(start_bytes_); }
  [[nodiscard]] std::string_view inside() const noexcept {
    return between(start_bytes_, end_bytes_);
  }
  [[nodiscard]] std::string_view end() const noexcept { return last(end_bytes_); }
  [[nodiscard]] bool has_rest_of_ends(std::string_view text) const noexcept;
  [[nodiscard]] bool matches_rest(const PreparedText& text) const noexcept;
  [[nodiscard]] bool matches_slowly(const PreparedText& text) const noexcept;

  /// What tells most texts that do not match: the sizes that do, and the last two words of the
  /// start (of a very long one others) and the first of the end, which differ where patterns are
  /// about the same thing. One cache line.
  struct alignas(64) Ends {
    std::array<std::uint64_t, 2> start{};
    std::array<std::uint64_t, 2> start_mask{};
    std::uint64_t end = 0;
    std::uint64_t end_mask = 0;
    std::uint32_t least_bytes = 0;
    /// What a text may have beside those: nothing, or any number.
    std::uint32_t most_beyond = UINT32_MAX;
    std::uint16_t start_place = 0;
    std::uint16_t end_place = 0;  // of the end of its first word, from the end
    PreparedText::Form form = PreparedText::Form::folded;
    bool is_general = false;
    /// Whether nothing else of start and end is to be compared, and nothing else at all.
    bool are_whole = false;
    bool tell_all = false;
  };
  static_assert(sizeof(Ends) == 64);

  Ends ends_;
  /// That a text must have.
  TrigramFilter trigrams_ = TrigramFilter::of_nothing();
  Shape shape_ = Shape::reference_only;
  bool folds_;
  bool is_star_;
  bool matches_everything_;
  /// As ordinary text is compared with it; of reference_only the head alone.
  std::string text_;
  std::uint32_t head_bytes_ = 0;
  std::uint32_t tail_bytes_ = 0;
  std::uint32_t start_bytes_ = 0;
  std::uint32_t end_bytes_ = 0;
  /// The longest literals of the inside without a `?`, and whether there is but `*` around them.
  std::string longest_run_;
  bool is_only_run_ = false;
  /// What few texts need, out of the way of the rest.
  struct Slow {
    ReferenceMatcher reference;
    std::optional<WildcardProgram> program = {};
  };
  std::unique_ptr<Slow> slow_;
};

}  // namespace dosimeter::detail
