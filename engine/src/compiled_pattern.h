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
    const char* const head = text.copy.data() + (ends_.head_place & mask);
    const char* const tail = text.copy.data() + size - kWordBytes - (ends_.tail_place & mask);
    const std::uint64_t difference =
        ((load_word(head) ^ ends_.head[0]) & ends_.head_mask[0]) |
        ((load_word(head + kWordBytes) ^ ends_.head[1]) & ends_.head_mask[1]) |
        ((load_word(tail) ^ ends_.tail) & ends_.tail_mask);
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

  /// What tells most texts that do not match: the sizes that do, and the last two words of the head
  /// (of a very long one others) and the first of the tail, which differ where patterns are about
  /// the same thing. One cache line.
  struct alignas(64) Ends {
    std::array<std::uint64_t, 2> head{};
    std::array<std::uint64_t, 2> head_mask{};
    std::uint64_t tail = 0;
    std::uint64_t tail_mask = 0;
    std::uint32_t least_bytes = 0;
    /// What a text may have beside those: nothing, or any number.
    std::uint32_t most_beyond = UINT32_MAX;
    std::uint16_t head_place = 0;
    std::uint16_t tail_place = 0;  // of the end of its first word, from the end
    PreparedText::Form form = PreparedText::Form::folded;
    bool is_general = false;
    /// Whether there is no more of head and tail.
    bool are_whole = false;
    /// Whether nothing else is to be compared.
    bool tell_all = false;
  };
  static_assert(sizeof(Ends) == 64);

  Ends ends_;
  /// That a text must have between head and tail.
  TrigramFilter trigrams_ = TrigramFilter::of_nothing();
  Shape shape_ = Shape::reference_only;
  bool folds_;
  bool is_star_;
  bool matches_everything_;
  std::string head_;
  std::string tail_;
  std::string middle_;
  /// The longest literals of the middle without a `?`, and whether there is but `*` around them.
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
