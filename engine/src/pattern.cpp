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

std::u32string characters_of(std::string_view text, LetterCase letter_case) {
  std::u32string characters;
  while (!text.empty()) {
    const auto [value, length] = detail::first_character(text);
    characters.push_back(letter_case == LetterCase::folded ? detail::fold(value) : value);
    text.remove_prefix(length);
  }
  return characters;
}

}  // namespace

Pattern::Pattern(std::string text, const MatchChoices& choices)
    : text_(std::move(text)),
      letter_case_(choices.literal_letter_case),
      shape_(Shape::reference_only),
      characters_(characters_of(text_, letter_case_)) {
  if (std::any_of(characters_.begin(), characters_.end(), [](char32_t c) { return c >= 0x80; })) {
    return;
  }
  const std::string folded(characters_.begin(), characters_.end());
  const std::size_t first_wildcard = folded.find_first_of("*?");
  head_ = folded.substr(0, first_wildcard);
  if (first_wildcard == std::string::npos) {
    shape_ = Shape::literal;
    return;
  }
  const std::size_t last_wildcard = folded.find_last_of("*?");
  tail_ = folded.substr(last_wildcard + 1);
  const std::string middle = folded.substr(first_wildcard, last_wildcard + 1 - first_wildcard);
  if (middle.find_first_not_of('*') == std::string::npos) {
    shape_ = head_.empty() && tail_.empty() ? Shape::everything : Shape::affixes;
    return;
  }
  if (auto program = detail::WildcardProgram::compile(middle)) {
    program_ = std::make_shared<const detail::WildcardProgram>(*std::move(program));
    shape_ = Shape::general;
  }
}

bool Pattern::matches(std::string_view text) const noexcept {
  if (matches_everything()) return true;
  std::array<char, kPreparedBytes> space;
  return detail::matches(*this, detail::prepare(text, letter_case_, space));
}

PatternOutcome Pattern::reference_outcome(std::string_view text) const {
  return detail::reference_match(characters_, text, letter_case_) ? PatternOutcome::matches
                                                                  : PatternOutcome::fails;
}

bool detail::matches(const Pattern& pattern, const PreparedText& text) noexcept {
  using Shape = Pattern::Shape;
  if (pattern.shape_ == Shape::everything) return true;
  if (pattern.shape_ == Shape::reference_only || !text.ordinary) {
    return reference_match(pattern.characters_, text.original, pattern.letter_case_);
  }
  const std::string& head = pattern.head_;
  const std::string& tail = pattern.tail_;
  std::string_view rest = text.folded;
  if (pattern.shape_ == Shape::literal) return rest == head;
  if (rest.size() < head.size() + tail.size()) return false;
  if (!rest.starts_with(head) || !rest.ends_with(tail)) return false;
  if (pattern.shape_ == Shape::affixes) return true;
  rest.remove_prefix(head.size());
  rest.remove_suffix(tail.size());
  return pattern.program_->matches(rest);
}

}  // namespace dosimeter
