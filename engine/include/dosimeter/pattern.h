#pragma once

#include <dosimeter/match_choices.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dosimeter {

class Pattern;

namespace detail {
struct PreparedText;
class ReferenceMatcher;
class WildcardProgram;
bool matches(const Pattern& pattern, const PreparedText& text) noexcept;
}  // namespace detail

/// What comes of comparing a pattern with a text.
enum class PatternOutcome : unsigned char {
  fails,
  matches,
  breaks,  // the recorder itself would end with an error
};

/// A rule's pattern for one field, compiled. The language (AWS X-Ray developer guide, "Configuring
/// sampling rules"): `*` stands for any run of characters, the empty one included, `?` for exactly
/// one character, and everything else for itself, in any letter case. The whole text must match.
/// The choices may say otherwise of all that, but always: there are no escapes, so a literal `*` or
/// `?` cannot be asked for; the empty pattern matches the empty text alone; `*` matches every text.
///
/// Immutable: any number of threads may match at once. Copies share what was compiled.
class Pattern {
 public:
  /// Any text is a pattern. Only what `choices` says of a pattern and a text is used here, not what
  /// it says of absent fields.
  explicit Pattern(std::string text, const MatchChoices& choices = {});

  /// Whether `text` (UTF-8; an invalid byte is one character) matches. Takes time linear in the
  /// text for a given pattern. Allocates nothing, unless the pattern is longer than any rule's
  /// (kMaximumPatternBytes) and the choices let a part of the text match.
  [[nodiscard]] bool matches(std::string_view text) const noexcept;

  /// The same, put to the reference matcher whatever the text: slow, and it tells where the
  /// recorder would break, which `matches` takes for a mismatch.
  [[nodiscard]] PatternOutcome reference_outcome(std::string_view text) const;

  /// As it was given.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Whether it is `*`, letter for letter: some recorders treat that text alone as "anything".
  [[nodiscard]] bool is_star() const noexcept { return text_ == "*"; }

  /// Whether it matches every text there is: `*`, or, unless the choices make an exception of some
  /// texts, several of them and nothing else.
  [[nodiscard]] bool matches_everything() const noexcept { return matches_everything_; }

 private:
  friend bool detail::matches(const Pattern& pattern, const detail::PreparedText& text) noexcept;

  /// What ordinary text has to be put through. Other text takes the reference matcher.
  enum class Shape : unsigned char {
    literal,         // no wildcard: equal to head_
    affixes,         // one run of `*`: starts with head_, ends with tail_
    general,         // head_, then what program_ accepts, then tail_
    reference_only,  // holds a character that ordinary text never has, or is too long for a program
  };

  void compile_for_ordinary_text(Anchoring anchoring);

  std::string text_;
  bool matches_everything_;
  bool folds_;
  Shape shape_ = Shape::reference_only;
  /// Literal characters before the first and after the last wildcard, folded if folds_. ASCII.
  std::string head_;
  std::string tail_;
  std::shared_ptr<const detail::WildcardProgram> program_;
  std::shared_ptr<const detail::ReferenceMatcher> reference_;
};

}  // namespace dosimeter
