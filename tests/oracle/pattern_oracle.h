#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>

#include "tests/oracle/letter_oracle.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

/// What recorders make of a pattern and a text, straight from its definition: both are written out,
/// and every way a `*` can be read is tried. Shares the engine's choices and nothing else.
namespace dosimeter::oracle {

/// A pattern or a text with all that becomes of it, made once.
struct Written {
  std::string original;
  Characters mapped;  // all of it
  Characters given;   // as many units as before
};

inline Written written(std::string_view text, LetterCase letter_case, QuestionMark unit) {
  const Characters characters = decode(text);
  Written result{std::string(text), mapped_units(characters, letter_case, unit), {}};
  result.given = result.mapped;
  result.given.resize(units(characters, unit).size(), kAbsent);
  return result;
}

inline bool is_literal(std::string_view pattern) {
  return pattern.find('*') == std::string_view::npos && pattern.find('?') == std::string_view::npos;
}

/// How one pattern is compared under the choices.
struct Comparison {
  MatchChoices choices;
  Anchoring anchoring = Anchoring::whole_text;
  Characters pattern;
  Characters text;

  [[nodiscard]] bool is_break(std::uint32_t c) const {
    switch (choices.line_breaks) {
      case LineBreaks::are_like_any_other:
        return false;
      case LineBreaks::newline_stops_wildcards:
        return c == '\n';
      case LineBreaks::ecmascript_stops_wildcards:
        return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
      case LineBreaks::java_stops_wildcards:
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
    return false;
  }

  [[nodiscard]] bool may_begin(std::size_t t) const {
    if (t == 0 || anchoring == Anchoring::anywhere) return true;
    return anchoring == Anchoring::whole_line && t < text.size() && text[t - 1] == '\n';
  }

  [[nodiscard]] bool may_end(std::size_t t) const {
    if (t == text.size() || anchoring == Anchoring::anywhere) return true;
    return anchoring == Anchoring::whole_line && text[t] == '\n';
  }

  [[nodiscard]] bool matches_from(std::size_t p, std::size_t t) const {
    if (p == pattern.size()) return may_end(t);
    if (pattern[p] == '*') {
      for (std::size_t rest = t; rest <= text.size(); ++rest) {
        if (matches_from(p + 1, rest)) return true;
        if (rest < text.size() && is_break(text[rest])) return false;
      }
      return false;
    }
    if (t == text.size()) return false;
    const bool same = pattern[p] == text[t] && text[t] != kAbsent;
    return (same || (pattern[p] == '?' && !is_break(text[t]))) && matches_from(p + 1, t + 1);
  }

  [[nodiscard]] bool matches() const {
    for (std::size_t t = 0; t <= text.size(); ++t) {
      if (may_begin(t) && matches_from(0, t)) return true;
    }
    return false;
  }

  /// The loop of those whose `*` a `*` of the text uses up: it remembers one `*` and its reach.
  [[nodiscard]] PatternOutcome eager_loop() const {
    std::size_t t = 0, p = 0, star_t = 0, star_p = pattern.size();
    while (t < text.size()) {
      if (p < pattern.size() && (pattern[p] == kAbsent || text[t] == kAbsent)) {
        return PatternOutcome::breaks;
      }
      const bool takes_any = p < pattern.size() && pattern[p] == '?' && !is_break(text[t]);
      if (p < pattern.size() && (pattern[p] == text[t] || takes_any)) {
        ++p, ++t;
      } else if (p < pattern.size() && pattern[p] == '*') {
        star_p = p++;
        star_t = t;
      } else if (star_p < pattern.size() && !is_break(text[star_t])) {
        p = star_p + 1;
        t = ++star_t;
      } else {
        return PatternOutcome::fails;
      }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    if (p == pattern.size()) return PatternOutcome::matches;
    return pattern[p] == kAbsent ? PatternOutcome::breaks : PatternOutcome::fails;
  }
};

/// `pattern` and `text` as written out with the choices of the pattern.
inline PatternOutcome outcome(const Written& pattern, const Written& text,
                              const MatchChoices& choices) {
  const auto said = [](bool matches) {
    return matches ? PatternOutcome::matches : PatternOutcome::fails;
  };
  if (pattern.original == "*") return PatternOutcome::matches;
  if (pattern.original.empty()) return said(text.original.empty());
  const bool literal = is_literal(pattern.original);
  Comparison comparison{choices, literal ? choices.literal_anchoring : choices.wildcard_anchoring,
                        pattern.mapped, text.mapped};
  bool given = choices.compared_length == ComparedLength::as_given;
  if (choices.compared_length == ComparedLength::as_given_around_stars) {
    Characters& mapped = comparison.pattern;
    const auto star = std::find(mapped.begin(), mapped.end(), std::uint32_t{'*'});
    const auto place = static_cast<std::size_t>(star - mapped.begin());
    given = star != mapped.end() && place != pattern.given.size() - 1;
    // Nothing is seen behind that `*`.
    if (!given && star != mapped.end()) mapped.resize(place + 1);
  }
  if (given) {
    comparison.pattern = pattern.given;
    comparison.text = text.given;
  }
  if (choices.star_in_text == StarInText::eats_the_patterns_star &&
      comparison.anchoring == Anchoring::whole_text) {
    return comparison.eager_loop();
  }
  return said(comparison.matches());
}

inline PatternOutcome outcome(std::string_view pattern, std::string_view text,
                              const MatchChoices& choices) {
  const LetterCase letter_case =
      is_literal(pattern) ? choices.literal_letter_case : choices.wildcard_letter_case;
  return outcome(written(pattern, letter_case, choices.question_mark),
                 written(text, letter_case, choices.question_mark), choices);
}

/// As documented.
inline bool matches(std::string_view pattern, std::string_view text) {
  return outcome(pattern, text, {}) == PatternOutcome::matches;
}

}  // namespace dosimeter::oracle
