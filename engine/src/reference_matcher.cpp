#include "engine/src/reference_matcher.h"

#include <array>
#include <memory>

namespace dosimeter::detail {
namespace {

constexpr auto kNone = std::u32string::npos;
constexpr char32_t kNewline = 0x000A;
constexpr char32_t kNextLine = 0x0085;
constexpr char32_t kLineSeparator = 0x2028;
constexpr char32_t kParagraphSeparator = 0x2029;

std::u32string all_units(std::string_view text, const UnitChoices& choices) {
  std::u32string units;
  units.reserve(text.size());
  for (TextUnits rest(text, choices); !rest.at_end(); rest.advance()) units.push_back(rest.unit());
  return units;
}

}  // namespace

ReferenceMatcher::ReferenceMatcher(std::string_view pattern, const MatchChoices& choices)
    : star_in_text_(choices.star_in_text),
      line_breaks_(choices.line_breaks),
      is_star_(pattern == "*"),
      is_empty_(pattern.empty()) {
  const bool is_literal = pattern.find_first_of("*?") == std::string_view::npos;
  anchoring_ = is_literal ? choices.literal_anchoring : choices.wildcard_anchoring;
  text_choices_.letter_case =
      is_literal ? choices.literal_letter_case : choices.wildcard_letter_case;
  text_choices_.unit = choices.question_mark;
  text_choices_.as_given = choices.compared_length != ComparedLength::as_mapped;
  units_ = all_units(pattern, text_choices_);
  if (choices.compared_length != ComparedLength::as_given_around_stars) return;

  const std::size_t given_length = units_.size();
  text_choices_.as_given = false;
  std::u32string mapped = all_units(pattern, text_choices_);
  const std::size_t star = mapped.find(U'*');
  if (star == kNone || star + 1 == given_length) {
    // A `*` there is taken for the last character.
    units_ = mapped.substr(0, star == kNone ? kNone : star + 1);
  } else {
    text_choices_.as_given = true;
  }
}

PatternOutcome ReferenceMatcher::outcome(std::string_view text) const noexcept {
  const auto from = [](bool matches) {
    return matches ? PatternOutcome::matches : PatternOutcome::fails;
  };
  if (is_star_) return PatternOutcome::matches;
  if (is_empty_) return from(text.empty());
  const TextUnits units(text, text_choices_);
  if (anchoring_ == Anchoring::whole_text) return walk(units);
  if (units_.size() <= kStatesAtHand) {
    std::array<bool, kStatesAtHand + 1> states{};
    return from(search(units, states.data()));
  }
  const auto states = std::make_unique<bool[]>(units_.size() + 1);
  return from(search(units, states.get()));
}

PatternOutcome ReferenceMatcher::walk(TextUnits text) const noexcept {
  const bool eats_stars = star_in_text_ == StarInText::eats_the_patterns_star;
  const auto is_past_end = [&](char32_t unit) { return eats_stars && unit == kNoUnit; };
  std::size_t at = 0;  // in the pattern
  // Behind the last `*` passed; giving it one unit more is the only way back.
  std::size_t after_star = kNone;
  // What was left to match when that had taken what it has so far.
  TextUnits resume = text;
  while (!text.at_end()) {
    if (at < units_.size()) {
      const char32_t wanted = units_[at];
      const char32_t unit = text.unit();
      if (is_past_end(wanted) || is_past_end(unit)) return PatternOutcome::breaks;
      const bool same = wanted == unit && unit != kNoUnit;
      if (wanted == U'*' && !(same && eats_stars)) {
        after_star = ++at;
        resume = text;
        continue;
      }
      if (same || (wanted == U'?' && !stops_wildcards(unit))) {
        ++at;
        text.advance();
        continue;
      }
    }
    // An earlier `*` could not get past a line break either: to the left of it the pattern has as
    // many of them as the text.
    if (after_star == kNone || stops_wildcards(resume.unit())) return PatternOutcome::fails;
    resume.advance();
    text = resume;
    at = after_star;
  }
  while (at < units_.size() && units_[at] == U'*') ++at;
  if (at == units_.size()) return PatternOutcome::matches;
  return is_past_end(units_[at]) ? PatternOutcome::breaks : PatternOutcome::fails;
}

/// Keeps every state that the text so far allows. State i: the first i units of the pattern match.
bool ReferenceMatcher::search(TextUnits text, bool* states) const noexcept {
  const bool anywhere = anchoring_ == Anchoring::anywhere;
  bool may_begin = true;
  while (true) {
    if (may_begin) states[0] = true;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (units_[i] == U'*' && states[i]) states[i + 1] = true;
    }
    const bool may_end = anywhere || text.at_end() || text.unit() == kNewline;
    if (may_end && states[units_.size()]) return true;
    if (text.at_end()) return false;
    const char32_t unit = text.unit();
    text.advance();
    step(unit, states);
    may_begin = anywhere || (unit == kNewline && !text.at_end());
  }
}

/// Reads a unit. From the last state to the first: each looks at the one before.
void ReferenceMatcher::step(char32_t unit, bool* states) const noexcept {
  const bool is_wild = !stops_wildcards(unit);
  for (std::size_t i = units_.size() + 1; i-- > 0;) {
    const bool stays = i < units_.size() && units_[i] == U'*' && is_wild && states[i];
    bool enters = i > 0 && states[i - 1];
    if (enters) {
      const char32_t wanted = units_[i - 1];
      const bool same = wanted == unit && unit != kNoUnit;
      enters = wanted != U'*' && (same || (wanted == U'?' && is_wild));
    }
    states[i] = stays || enters;
  }
}

bool ReferenceMatcher::stops_wildcards(char32_t unit) const noexcept {
  if (line_breaks_ == LineBreaks::are_like_any_other) return false;
  if (unit == kNewline) return true;
  if (line_breaks_ == LineBreaks::newline_stops_wildcards) return false;
  if (unit == U'\r') return true;
  // Among bytes these are parts of characters.
  if (text_choices_.unit == QuestionMark::one_byte) return false;
  if (unit == kLineSeparator || unit == kParagraphSeparator) return true;
  return line_breaks_ == LineBreaks::java_stops_wildcards && unit == kNextLine;
}

}  // namespace dosimeter::detail
