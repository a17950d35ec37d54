#include <dosimeter/pattern.h>

#include "engine/src/characters.h"
#include "engine/src/prepared_text.h"
#include "engine/src/reference_matcher.h"
#include "engine/src/wildcard_program.h"

#include <algorithm>
#include <array>

namespace dosimeter {
namespace {

/// Text up to this long is matched without the reference matcher when it does not come prepared.
constexpr std::size_t kPreparedBytes = 1024;

bool is_literal(std::string_view pattern) {
  return pattern.find_first_of("*?") == std::string_view::npos;
}

LetterCase letter_case_of(std::string_view pattern, const MatchChoices& choices) {
  return is_literal(pattern) ? choices.literal_letter_case : choices.wildcard_letter_case;
}

/// Whether a pattern of several `*` and nothing else matches every text.
bool stars_match_everything(const MatchChoices& choices) {
  switch (choices.wildcard_anchoring) {
    case Anchoring::whole_text:
      return choices.line_breaks == LineBreaks::are_like_any_other &&
             choices.star_in_text == StarInText::is_like_any_other;
    case Anchoring::whole_line:
      // With newlines alone the first line matches.
      return choices.line_breaks == LineBreaks::are_like_any_other ||
             choices.line_breaks == LineBreaks::newline_stops_wildcards;
    case Anchoring::anywhere:
      return true;
  }
  return false;
}

bool matches_every_text(std::string_view pattern, const MatchChoices& choices) {
  if (pattern.empty() || pattern.find_first_not_of('*') != std::string_view::npos) return false;
  return pattern == "*" || stars_match_everything(choices);
}

}  // namespace

Pattern::Pattern(std::string text, const MatchChoices& choices)
    : text_(std::move(text)),
      matches_everything_(matches_every_text(text_, choices)),
      folds_(letter_case_of(text_, choices) != LetterCase::exact),
      reference_(std::make_shared<const detail::ReferenceMatcher>(text_, choices)) {
  compile_for_ordinary_text(is_literal(text_) ? choices.literal_anchoring
                                              : choices.wildcard_anchoring);
}

/// On ordinary text a line is the whole of it, and a part that matches is the whole with anything
/// around.
void Pattern::compile_for_ordinary_text(Anchoring anchoring) {
  if (std::any_of(text_.begin(), text_.end(),
                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return;
  }
  const bool may_be_part = anchoring == Anchoring::anywhere && !text_.empty();
  std::string pattern = may_be_part ? "*" + text_ + "*" : text_;
  if (folds_) std::transform(pattern.begin(), pattern.end(), pattern.begin(), detail::fold_ascii);
  const std::size_t first_wildcard = pattern.find_first_of("*?");
  head_ = pattern.substr(0, first_wildcard);
  if (first_wildcard == std::string::npos) {
    shape_ = Shape::literal;
    return;
  }
  const std::size_t last_wildcard = pattern.find_last_of("*?");
  tail_ = pattern.substr(last_wildcard + 1);
  const std::string middle = pattern.substr(first_wildcard, last_wildcard + 1 - first_wildcard);
  if (middle.find_first_not_of('*') == std::string::npos) {
    shape_ = Shape::affixes;
    return;
  }
  if (auto program = detail::WildcardProgram::compile(middle)) {
    program_ = std::make_shared<const detail::WildcardProgram>(*std::move(program));
    shape_ = Shape::general;
  }
}

bool Pattern::matches(std::string_view text) const noexcept {
  if (matches_everything_) return true;
  std::array<char, kPreparedBytes> space;
  return detail::matches(*this, detail::prepare(text, folds_, space));
}

PatternOutcome Pattern::reference_outcome(std::string_view text) const {
  return reference_->outcome(text);
}

bool detail::matches(const Pattern& pattern, const PreparedText& text) noexcept {
  using Shape = Pattern::Shape;
  if (pattern.shape_ == Shape::reference_only || !text.ordinary) {
    return pattern.reference_->outcome(text.original) == PatternOutcome::matches;
  }
  const std::string& head = pattern.head_;
  const std::string& tail = pattern.tail_;
  std::string_view rest = pattern.folds_ ? text.folded : text.original;
  if (pattern.shape_ == Shape::literal) return rest == head;
  if (rest.size() < head.size() + tail.size()) return false;
  if (!rest.starts_with(head) || !rest.ends_with(tail)) return false;
  if (pattern.shape_ == Shape::affixes) return true;
  rest.remove_prefix(head.size());
  rest.remove_suffix(tail.size());
  return pattern.program_->matches(rest);
}

}  // namespace dosimeter
