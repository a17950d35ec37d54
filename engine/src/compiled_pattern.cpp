#include "engine/src/compiled_pattern.h"

#include "engine/src/characters.h"
#include "engine/src/glob_attempt.h"
#include "engine/src/literal_runs.h"

#include <algorithm>

namespace dosimeter::detail {
namespace {

/// How much of a pattern's start is compared by words.
constexpr std::size_t kStartBytes = 2 * kWordBytes;
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

/// Whether `text`, folded or not, is what `part` says, byte for byte, where `?` is any; `part` was
/// folded if `folds`. REQUIRES: the same size.
bool is_part(std::string_view text, std::string_view part, bool folds) noexcept {
  return std::equal(part.begin(), part.end(), text.begin(), [&](char wanted, char byte) {
    return wanted == '?' || wanted == (folds ? fold_ascii(byte) : byte);
  });
}

/// A word of a pattern and the bits of it that are compared: `?` stands for any byte.
struct MaskedWord {
  std::uint64_t word;
  std::uint64_t mask;

  /// Of less than a word, at its start or at its end.
  static MaskedWord at_start(std::string_view part) {
    return of(std::string(part) + std::string(kWordBytes - part.size(), '?'));
  }
  static MaskedWord at_end(std::string_view part) {
    return of(std::string(kWordBytes - part.size(), '?') + std::string(part));
  }

 private:
  static MaskedWord of(const std::string& part) {
    std::array<char, kWordBytes> mask{};
    for (std::size_t i = 0; i < kWordBytes; ++i) mask[i] = part[i] == '?' ? '\0' : '\xFF';
    const std::uint64_t bits = load_word(mask.data());
    return {load_word(part.data()) & bits, bits};
  }
};

bool is_all(std::string_view text, char byte) {
  return text.find_first_not_of(byte) == std::string_view::npos;
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
  const std::size_t first_wildcard = std::min(pattern.find_first_of("*?"), pattern.size());
  if (beyond != pattern.end() || pattern.size() > WildcardProgram::kMaximumBytes) {
    // What comes before it is mapped letter by letter, by every recorder.
    const auto ascii = static_cast<std::size_t>(beyond - pattern.begin());
    text_ = pattern.substr(0, std::min(first_wildcard, ascii));
    head_bytes_ = start_bytes_ = static_cast<std::uint32_t>(text_.size());
    return;
  }
  text_ = pattern;
  const auto bytes = [](std::size_t size) { return static_cast<std::uint32_t>(size); };
  const std::size_t first_star = std::min(text_.find('*'), text_.size());
  head_bytes_ = bytes(first_wildcard);
  start_bytes_ = bytes(first_star);
  if (first_wildcard == text_.size()) {
    shape_ = Shape::literal;
    return;
  }
  shape_ = Shape::general;
  tail_bytes_ = bytes(text_.size() - 1 - text_.find_last_of("*?"));
  if (first_star == text_.size()) return;
  end_bytes_ = bytes(text_.size() - 1 - text_.rfind('*'));
  if (is_all(middle(), '*')) shape_ = Shape::affixes;
  if (!is_all(inside(), '*')) slow_->program = WildcardProgram::compile(inside(), folds_);
}

void CompiledPattern::compile_ends() {
  const std::size_t compared = std::min<std::size_t>(start_bytes_, kStartBytes);
  const std::size_t place = std::min<std::size_t>(start_bytes_ - compared, UINT16_MAX);
  const std::string_view of_start = start().substr(place, compared);
  const std::string_view of_end = end().substr(0, kWordBytes);
  const std::size_t first_word = std::min(compared, kWordBytes);
  const std::array<MaskedWord, 3> words = {MaskedWord::at_start(of_start.substr(0, first_word)),
                                           MaskedWord::at_start(of_start.substr(first_word)),
                                           // A shorter one stands at the end of the text's last.
                                           MaskedWord::at_end(of_end)};
  ends_.start = {words[0].word, words[1].word};
  ends_.start_mask = {words[0].mask, words[1].mask};
  ends_.end = words[2].word;
  ends_.end_mask = words[2].mask;
  ends_.start_place = static_cast<std::uint16_t>(place);
  static_assert(WildcardProgram::kMaximumBytes <= UINT16_MAX);
  const std::size_t end_bytes = std::max<std::size_t>(end_bytes_, kWordBytes);
  ends_.end_place = static_cast<std::uint16_t>(end_bytes - kWordBytes);
  ends_.least_bytes = start_bytes_ + end_bytes_;
  const bool is_of_one_size = shape_ != Shape::reference_only && inside().empty();
  if (is_of_one_size) ends_.most_beyond = 0;
  ends_.form = folds_ ? PreparedText::Form::folded : PreparedText::Form::exact;
  ends_.are_whole = is_all(start().substr(0, place), '?') &&
                    is_all(start().substr(place + compared), '?') &&
                    is_all(end().substr(of_end.size()), '?');
  ends_.tell_all = shape_ != Shape::reference_only && ends_.are_whole && is_all(inside(), '*');
  ends_.is_general = shape_ == Shape::general && !is_all(inside(), '*');
  for_each_run(middle(), [&](std::string_view run) { trigrams_.add_all(std::string(run)); });
  for_each_run(inside(), [&](std::string_view run) {
    if (run.size() > longest_run_.size()) longest_run_ = run;
  });
  is_only_run_ = !longest_run_.empty() && inside() == "*" + longest_run_ + "*";
}

/// Whether a text has what no word of the ends was compared with.
bool CompiledPattern::has_rest_of_ends(std::string_view text) const noexcept {
  const std::size_t place = ends_.start_place;
  const std::size_t after = std::min<std::size_t>(place + kStartBytes, start_bytes_);
  const std::size_t end_done = std::min<std::size_t>(end_bytes_, kWordBytes);
  const std::string_view text_start = text.substr(0, start_bytes_);
  const std::string_view text_end = text.substr(text.size() - end_bytes_);
  return is_part(text_start.substr(0, place), start().substr(0, place), false) &&
         is_part(text_start.substr(after), start().substr(after), false) &&
         is_part(text_end.substr(end_done), end().substr(end_done), false);
}

/// Of a text whose size and ends agree.
bool CompiledPattern::matches_rest(const PreparedText& text) const noexcept {
  if (!text.trigrams.may_have_all_of(trigrams_)) return false;
  std::string_view rest = text.copy;
  if (!ends_.are_whole && !has_rest_of_ends(rest)) return false;
  if (shape_ == Shape::reference_only) {
    return slow_->reference.outcome(text.original) == PatternOutcome::matches;
  }
  rest.remove_prefix(start_bytes_);
  rest.remove_suffix(end_bytes_);
  if (!slow_->program) return true;
  if (rest.size() > kLongestAttempt) return slow_->program->matches(rest);
  if (!contains(rest, longest_run_)) return false;
  if (is_only_run_) return true;
  switch (attempt_glob(inside(), rest)) {
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
  if (rest.size() < ends_.least_bytes) return false;
  if (rest.size() - ends_.least_bytes > ends_.most_beyond) return false;
  if (!is_part(rest.substr(0, start_bytes_), start(), folds_)) return false;
  if (!is_part(rest.substr(rest.size() - end_bytes_), end(), folds_)) return false;
  rest.remove_prefix(start_bytes_);
  rest.remove_suffix(end_bytes_);
  return !slow_->program || slow_->program->matches(rest);
}

}  // namespace dosimeter::detail
