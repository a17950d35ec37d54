#pragma once

#include <dosimeter/match_choices.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dosimeter {

namespace detail {
class CompiledPattern;
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
  [[nodiscard]] bool matches_everything() const noexcept;

 private:
  std::string text_;
  std::shared_ptr<const detail::CompiledPattern> compiled_;
};

}  // namespace dosimeter
