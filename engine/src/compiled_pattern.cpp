#include "engine/src/compiled_pattern.h"

#include "engine/src/characters.h"
#include "engine/src/glob_attempt.h"
#include "engine/src/literal_runs.h"

#include <algorithm>

namespace dosimeter::detail {
namespace {

/// Longer texts may be meant to take long.
constexpr std::size_t kLongestAttempt = 256;

bool is_literal(std::string_view pattern) {
  return pattern.find_first_of("*?") == std::string_view::npos;
}

LetterCase letter_case_of(std::string_view pattern, const MatchChoices& choices) {
  return is_literal(pattern) ? choices.literal_letter_case : choices.wildcard_letter_case;
}

bool is_beyond_ascii(char byte) {
  return static_cast<unsigned char>(byte) >= 0x80;
}

/// As a text that starts with `run` is loaded. REQUIRES: less than a word.
std::uint64_t padded_word(std::string_view run) noexcept {
  std::array<char, kWordBytes> bytes{};
  std::copy(run.begin(), run.end(), bytes.begin());
  return load_word(bytes.data());
}

/// Whether `run` stands somewhere in `text`. REQUIRES: a word may be read past the end of `text`.
bool contains(std::string_view text, std::string_view run) noexcept {
  if (run.empty()) return true;
  if (text.size() < run.size()) return false;
  const std::size_t first = std::min(run.size(), kWordBytes);
  const std::uint64_t mask = first_bytes(first);
  const std::uint64_t wanted = run.size() >= kWordBytes ? load_word(run.data()) : padded_word(run);
  for (std::size_t i = 0; i <= text.size() - run.size(); ++i) {
    if (((load_word(text.data() + i) ^ wanted) & mask) == 0 &&
        same_bytes(text.data() + i, run.data(), run.size())) {
      return true;
    }
  }
  return false;
}

/// Whether `text`, folded or not, starts with `head`, which was folded if `folds`.
bool starts_with(std::string_view text, std::string_view head, bool folds) noexcept {
  return text.size() >= head.size() &&
         std::equal(head.begin(), head.end(), text.begin(), [&](char wanted, char byte) {
           return wanted == (folds ? fold_ascii(byte) : byte);
         });
}

bool ends_with(std::string_view text, std::string_view tail, bool folds) noexcept {
  return text.size() >= tail.size() &&
         starts_with(text.substr(text.size() - tail.size()), tail, folds);
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

}  // namespace

bool matches_every_text(std::string_view pattern, const MatchChoices& choices) {
  if (pattern.empty() || pattern.find_first_not_of('*') != std::string_view::npos) return false;
  return pattern == "*" || stars_match_everything(choices);
}

CompiledPattern::CompiledPattern(std::string_view text, const MatchChoices& choices)
    : folds_(letter_case_of(text, choices) != LetterCase::exact),
      is_star_(text == "*"),
      matches_everything_(matches_every_text(text, choices)),
      slow_(new Slow{ReferenceMatcher(text, choices)}) {
  compile_for_ordinary_text(
      text, is_literal(text) ? choices.literal_anchoring : choices.wildcard_anchoring);
  compile_ends();
}

/// On ordinary text a line is the whole of it, and a part that matches is the whole with anything
/// around.
void CompiledPattern::compile_for_ordinary_text(std::string_view text, Anchoring anchoring) {
  const bool may_be_part = anchoring == Anchoring::anywhere && !text.empty();
  const std::string part(text);
  const std::string pattern = fold_ascii(may_be_part ? "*" + part + "*" : part, folds_);
  const auto beyond = std::find_if(pattern.begin(), pattern.end(), is_beyond_ascii);
  const std::size_t first_wildcard = pattern.find_first_of("*?");
  if (beyond != pattern.end() || pattern.size() > WildcardProgram::kMaximumBytes) {
    // What comes before it is mapped letter by letter, by every recorder.
    const auto ascii = static_cast<std::size_t>(beyond - pattern.begin());
    head_ = pattern.substr(0, std::min(first_wildcard, ascii));
    return;
  }
  head_ = pattern.substr(0, first_wildcard);
  if (first_wildcard == std::string::npos) {
    shape_ = Shape::literal;
    return;
  }
  const std::size_t last_wildcard = pattern.find_last_of("*?");
  tail_ = pattern.substr(last_wildcard + 1);
  middle_ = pattern.substr(first_wildcard, last_wildcard + 1 - first_wildcard);
  if (middle_.find_first_not_of('*') == std::string::npos) {
    middle_.clear();
    shape_ = Shape::affixes;
    return;
  }
  slow_->program = WildcardProgram::compile(middle_, folds_);
  shape_ = Shape::general;
}

void CompiledPattern::compile_ends() {
  constexpr std::size_t kHeadBytes = 2 * kWordBytes;
  const std::size_t head_end = std::min(head_.size(), kHeadBytes);
  const std::size_t tail_end = std::min(tail_.size(), kWordBytes);
  const std::size_t head_place = std::min<std::size_t>(head_.size() - head_end, UINT16_MAX);
  const std::string head = head_.substr(head_place) + std::string(kHeadBytes, 0);
  // A tail of less than a word stands at the end of the text's last one.
  const std::string tail = std::string(kWordBytes - tail_end, 0) + tail_;
  const std::size_t first = std::min(head_end, kWordBytes);
  ends_.head_mask = {first_bytes(first), first_bytes(head_end - first)};
  ends_.head = {load_word(head.data()) & ends_.head_mask[0],
                load_word(head.data() + kWordBytes) & ends_.head_mask[1]};
  ends_.tail_mask = last_bytes(tail_end);
  ends_.tail = load_word(tail.data()) & ends_.tail_mask;
  static_assert(WildcardProgram::kMaximumBytes <= UINT16_MAX);
  ends_.tail_place = static_cast<std::uint16_t>(std::max(tail_.size(), kWordBytes) - kWordBytes);
  ends_.head_place = static_cast<std::uint16_t>(head_place);
  ends_.least_bytes = static_cast<std::uint32_t>(head_.size() + tail_.size());
  if (shape_ == Shape::literal) ends_.most_beyond = 0;
  ends_.is_general = shape_ == Shape::general;
  ends_.form = folds_ ? PreparedText::Form::folded : PreparedText::Form::exact;
  const bool is_simple = shape_ == Shape::literal || shape_ == Shape::affixes;
  ends_.are_whole = head_end == head_.size() && tail_end == tail_.size();
  ends_.tell_all = is_simple && ends_.are_whole;
  for_each_run(middle_, [&](std::string_view run) {
    trigrams_.add_all(std::string(run));
    if (run.size() > longest_run_.size()) longest_run_ = run;
  });
  is_only_run_ = !longest_run_.empty() && middle_ == "*" + longest_run_ + "*";
}

/// Of a text whose size and ends agree.
bool CompiledPattern::matches_rest(const PreparedText& text) const noexcept {
  if (!text.trigrams.may_have_all_of(trigrams_)) return false;
  std::string_view rest = text.copy;
  if (!ends_.are_whole) {
    const char* const tail = rest.data() + rest.size() - tail_.size();
    if (!same_bytes(rest.data(), head_.data(), head_.size())) return false;
    if (!same_bytes(tail, tail_.data(), tail_.size())) return false;
  }
  if (shape_ == Shape::literal || shape_ == Shape::affixes) return true;
  if (shape_ == Shape::reference_only) {
    return slow_->reference.outcome(text.original) == PatternOutcome::matches;
  }
  rest.remove_prefix(head_.size());
  rest.remove_suffix(tail_.size());
  if (rest.size() > kLongestAttempt) return slow_->program->matches(rest);
  if (!contains(rest, longest_run_)) return false;
  if (is_only_run_) return true;
  switch (attempt_glob(middle_, rest)) {
    case GlobAttempt::matches:
      return true;
    case GlobAttempt::fails:
      return false;
    case GlobAttempt::gave_up:
      break;
  }
  return slow_->program->matches(rest);
}

/// Of text of which there is no copy as this pattern sees it.
bool CompiledPattern::matches_slowly(const PreparedText& text) const noexcept {
  if (matches_everything_) return true;
  if (text.form == PreparedText::Form::extraordinary || shape_ == Shape::reference_only) {
    return slow_->reference.outcome(text.original) == PatternOutcome::matches;
  }
  std::string_view rest = text.original;
  if (rest.size() < ends_.least_bytes || !starts_with(rest, head_, folds_)) return false;
  if (shape_ == Shape::literal) return rest.size() == head_.size();
  rest.remove_prefix(head_.size());
  if (!ends_with(rest, tail_, folds_)) return false;
  if (shape_ == Shape::affixes) return true;
  rest.remove_suffix(tail_.size());
  return slow_->program->matches(rest);
}

}  // namespace dosimeter::detail
