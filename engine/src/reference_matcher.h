#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>

#include "engine/src/text_units.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::detail {

/// The meaning of a pattern, unit by unit: slow, and plain to read. Any text may be put to it; the
/// fast matchers hand over what they are not sure of, and the tests hold them to it.
class ReferenceMatcher {
 public:
  ReferenceMatcher(std::string_view pattern, const MatchChoices& choices);

  /// Time: at most the product of both lengths. Allocates nothing, unless the pattern has more than
  /// kStatesAtHand units and may match a part of a text.
  [[nodiscard]] PatternOutcome outcome(std::string_view text) const noexcept;

 private:
  static constexpr std::size_t kStatesAtHand = 4096;

  /// For patterns that a text has to match from its start to its end.
  [[nodiscard]] PatternOutcome walk(TextUnits text) const noexcept;
  /// For those that a part of a text may match. `states` has one element more than the pattern
  /// units, each false.
  [[nodiscard]] bool search(TextUnits text, bool* states) const noexcept;
  void step(char32_t unit, bool* states) const noexcept;
  [[nodiscard]] bool stops_wildcards(char32_t unit) const noexcept;

  /// The pattern as the recorder sees it: `*`, `?`, and units with their letter case taken away.
  std::u32string units_;
  UnitChoices text_choices_;
  Anchoring anchoring_;
  StarInText star_in_text_;
  LineBreaks line_breaks_;
  bool is_star_;
  bool is_empty_;
};

}  // namespace dosimeter::detail
