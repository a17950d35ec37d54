#pragma once

#include <dosimeter/recorder.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dosimeter {

class Pattern;

namespace detail {
struct PreparedText;
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
/// one character, and everything else for itself, in any letter case unless the choices say
/// otherwise. The whole text must match. There are no escapes: a literal `*` or `?` cannot be asked
/// for. The empty pattern matches the empty text alone.
///
/// Immutable: any number of threads may match at once. Copies share what was compiled.
class Pattern {
 public:
  /// Any text is a pattern. Only what `choices` says of text is used here (letter case, what `?`
  /// stands for), not what it says of absent fields.
  explicit Pattern(std::string text, const MatchChoices& choices = {});

  /// Whether the whole of `text` (UTF-8; an invalid byte is one character) matches. Allocates
  /// nothing. Takes time linear in the text for a given pattern.
  [[nodiscard]] bool matches(std::string_view text) const noexcept;

  /// The same, put to the reference matcher whatever the text: slow, and it tells where the
  /// recorder would break, which `matches` takes for a mismatch.
  [[nodiscard]] PatternOutcome reference_outcome(std::string_view text) const;

  /// As it was given.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Whether it is `*`, letter for letter: some recorders treat that text alone as "anything".
  [[nodiscard]] bool is_star() const noexcept { return text_ == "*"; }

  /// Whether it matches every text there is: one or more `*` and nothing else.
  [[nodiscard]] bool matches_everything() const noexcept { return shape_ == Shape::everything; }

 private:
  friend bool detail::matches(const Pattern& pattern, const detail::PreparedText& text) noexcept;

  /// What ordinary text has to be put through. Other text takes the reference matcher.
  enum class Shape : unsigned char {
    everything,      // only `*`
    literal,         // no wildcard: equal to head_
    affixes,         // one run of `*`: starts with head_, ends with tail_
    general,         // head_, then what program_ accepts, then tail_
    reference_only,  // holds a character that ordinary text never has, or is too long for a program
  };

  std::string text_;
  LetterCase letter_case_;
  Shape shape_;
  /// Folded literal characters before the first and after the last wildcard. ASCII.
  std::string head_;
  std::string tail_;
  /// The whole pattern, folded, for the reference matcher.
  std::u32string characters_;
  std::shared_ptr<const detail::WildcardProgram> program_;
};

}  // namespace dosimeter
