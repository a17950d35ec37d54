#include "engine/src/path_skeleton.h"

#include "engine/src/bit_places.h"
#include "engine/src/byte_words.h"
#include "engine/src/characters.h"
#include "engine/src/path_pieces.h"
#include "engine/src/pattern_place.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::detail {
namespace {

/// What stands where in a window of a text: a bit for each byte.
struct WindowBits {
  std::uint64_t slashes = 0;
  /// What is neither a slash nor a letter, and what stands behind the text's end.
  std::uint64_t others = 0;

  /// Of so many bytes, at most as many as there are bits.
  WindowBits(const char* window, std::size_t size) noexcept {
    std::uint64_t words = 0;
    for (std::size_t i = 0; i < size; i += kBlockBytes) {
      slashes |= std::uint64_t{block_bits_equal_to('/', window + i)} << i;
      words |= std::uint64_t{block_bits_of_letters(window + i)} << i;
    }
    others = ~(slashes | words);
  }

  /// The last slash. REQUIRES: there is one.
  [[nodiscard]] unsigned last_slash() const noexcept { return highest_bit(slashes); }
  /// The others before that, but for the first of each token.
  [[nodiscard]] std::uint64_t repeated_others() const noexcept {
    const std::uint64_t left = others & ((std::uint64_t{1} << last_slash()) - 1);
    // One less than all of a token and its slash are, as a number, lacks the first of its bits.
    return left & ((left | slashes) - (slashes << 1 | 1));
  }
};

/// The runs of all patterns, by where in a token they stand.
struct Runs {
  std::vector<std::string> wholes;  // with the slash
  std::vector<std::string> last_wholes;
  std::vector<std::string> prefixes;
  std::vector<std::string> suffixes;
  std::vector<std::string> last_suffixes;
  std::vector<std::string> infixes;

  void add_all(std::string_view pattern) {
    constexpr std::string_view kEnds = "*?/";
    for (std::size_t begin = 0; begin < pattern.size();) {
      const std::size_t end = std::min(pattern.find_first_of(kEnds, begin), pattern.size());
      if (end != begin) add(pattern, begin, end);
      begin = end + 1;
    }
  }

 private:
  void add(std::string_view pattern, std::size_t begin, std::size_t end) {
    const std::string run(pattern.substr(begin, end - begin));
    const bool starts_token = begin == 0 || pattern[begin - 1] == '/';
    const bool is_last = end == pattern.size();
    const bool has_slash = !is_last && pattern[end] == '/';
    if (starts_token) {
      if (has_slash || is_last) {
        has_slash ? wholes.push_back(run + '/') : last_wholes.push_back(run);
      } else {
        prefixes.push_back(run);
      }
    } else if (has_slash) {
      suffixes.push_back(run);
    } else {
      (is_last ? last_suffixes : infixes).push_back(run);
    }
  }
};

/// A filter has no use for them several times, and its size is by their number.
void make_distinct(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

void add_start(BytePairFilter& starts, const std::string& run) {
  if (run.size() >= 2) return starts.add(run[0], run[1]);
  for (int other = 0; other < 128; ++other) starts.add(run[0], static_cast<char>(other));
}

SuffixFilter suffix_filter(std::vector<std::string> suffixes) {
  make_distinct(suffixes);
  return SuffixFilter(suffixes);
}

std::string effective(const CompiledPattern& pattern) {
  std::string text(pattern.head());
  text += pattern.middle();
  text += pattern.tail();
  return text;
}

std::string_view last_token_of(std::string_view text) {
  return text.substr(text.rfind('/') + 1);
}

}  // namespace

PathSkeletons::WholeFilter::WholeFilter(std::vector<std::string> wholes) {
  make_distinct(wholes);
  hashes_ = HashFilter(wholes.size());
  for (const std::string& whole : wholes) {
    hashes_.add(PatternPlace::hash_of(whole));
    add_start(starts_, whole);
    longest_ = std::max(longest_, whole.size());
  }
}

PathSkeletons::PathSkeletons(std::span<const CompiledPattern> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  Runs runs;
  std::vector<std::string> literals;
  std::size_t most_questions = 0;
  for (const CompiledPattern& pattern : patterns) {
    if (pattern.shape() == CompiledPattern::Shape::reference_only) return;
    const bool differs = pattern.folds() != folds;
    if (pattern.shape() == CompiledPattern::Shape::literal) {
      literals.push_back(fold_ascii(std::string(pattern.head()), folds));
      literals_differ_ |= differs;
      continue;
    }
    if (differs) return;
    const std::string text = effective(pattern);
    runs.add_all(text);
    const auto questions = std::count(text.begin(), text.end(), '?');
    most_questions = std::max(most_questions, static_cast<std::size_t>(questions));
  }
  if (most_questions >= kMostQuestions) return;
  longest_gap_ = most_questions + 1;

  make_distinct(runs.prefixes);
  prefixes_ = PrefixFilter(runs.prefixes);
  inner_ = {WholeFilter(std::move(runs.wholes)), suffix_filter(std::move(runs.suffixes))};
  last_ = {WholeFilter(std::move(runs.last_wholes)), suffix_filter(std::move(runs.last_suffixes))};
  for (const std::string& infix : runs.infixes) add_start(infix_starts_, infix);
  has_infixes_ = !runs.infixes.empty();
  make_distinct(literals);
  literals_ = HashFilter(literals.size());
  literal_lasts_ = HashFilter(literals.size());
  for (const std::string& literal : literals) {
    literals_.add(PatternPlace::hash_of(literal));
    literal_lasts_.add(PatternPlace::hash_of(last_token_of(literal)));
    literal_sizes_ |= size_bit(literal.size());
  }
  are_there_ = true;
}

bool PathSkeletons::is_literal(std::string_view text, const char* last_token) const noexcept {
  const auto size = static_cast<std::size_t>(text.data() + text.size() - last_token);
  return literal_lasts_.may_have(part_hash({last_token, size})) &&
         literals_.may_have(part_hash(text));
}

/// Of a token of one byte, what stands after it is the second.
bool PathSkeletons::may_have_infix(const char* begin, const char* end) const noexcept {
  for (; begin != end; ++begin) {
    if (infix_starts_.may_have(begin[0], begin[1])) return true;
  }
  return false;
}

/// Copies a text but for its gaps, to where there is room for all of it.
class PathSkeletons::Writer {
 public:
  Writer(const PathSkeletons& skeletons, const char* text, Space& space) noexcept
      : skeletons_(skeletons), next_(text), begin_(space.data()), out_(space.data()) {}

  /// Leaves out of a token what no run may be; `slash` is one but for the last token.
  [[gnu::always_inline]] void look_at(const char* begin, const char* end, std::size_t slash,
                                      const Tokens& tokens) noexcept {
    const std::string_view token(begin, static_cast<std::size_t>(end - begin));
    if (tokens.wholes.may_have(token, slash)) return;
    const char* const gap_begin = begin + skeletons_.prefixes_.longest(token);
    const char* const gap_end = end - tokens.suffixes.longest(token);
    if (gap_begin >= gap_end) return;
    if (skeletons_.has_infixes_ && skeletons_.may_have_infix(begin, end)) return;
    copy_up_to(gap_begin);
    const auto gap = static_cast<std::size_t>(gap_end - gap_begin);
    *out_++ = static_cast<char>(std::min(gap, skeletons_.longest_gap_));
    next_ = gap_end;
  }
  [[nodiscard]] std::string_view finish(const char* text_end) noexcept {
    if (next_ != text_end) copy_up_to(text_end);
    return {begin_, static_cast<std::size_t>(out_ - begin_)};
  }

 private:
  void copy_up_to(const char* end) noexcept {
    char* out = out_;
    const char* from = next_;
    do {
      std::memcpy(out, from, kBlockBytes);
      from += kBlockBytes;
      out += kBlockBytes;
    } while (from < end);
    out_ += end - next_;
  }

  const PathSkeletons& skeletons_;
  const char* next_;
  const char* begin_;
  char* out_;
};

template <std::size_t windows>
[[gnu::always_inline]] inline std::string_view PathSkeletons::of_windows(
    std::string_view text, Space& space) const noexcept {
  const char* const text_end = text.data() + text.size();
  Writer writer(*this, text.data(), space);
  // That which no window has seen the end of, and whether there were but letters.
  const char* token = text.data();
  bool is_word = true;
  for (std::size_t i = 0; i < windows; ++i) {
    const char* const window = text.data() + i * kWindow;
    const auto text_left = static_cast<std::size_t>(text_end - window);
    const WindowBits bits(window, windows == 1 ? text_left : std::min(kWindow, text_left));
    if (bits.slashes == 0) {
      is_word = is_word && bits.others == 0;
      continue;
    }
    const unsigned last_slash = bits.last_slash();
    std::uint64_t left = bits.repeated_others();
    if (!is_word) {
      const unsigned end = lowest_bit(bits.slashes);
      writer.look_at(token, window + end, 1, inner_);
      left &= ~((std::uint64_t{1} << end) - 1);
    }
    while (left != 0) {
      const std::uint64_t first = left & (0 - left);
      const std::uint64_t before = bits.slashes & (first - 1);
      const std::uint64_t after = bits.slashes & (0 - first);
      left &= ~(after ^ (after - 1));  // the slash and all before
      writer.look_at(before == 0 ? token : window + highest_bit(before) + 1,
                     window + lowest_bit(after), 1, inner_);
    }
    token = window + last_slash + 1;
    is_word = bits.others >> last_slash == 0;
  }
  if ((literal_sizes_ & size_bit(text.size())) != 0 && is_literal(text, token)) {
    return literals_differ_ ? std::string_view() : text;
  }
  if (token != text_end) writer.look_at(token, text_end, 0, last_);
  return writer.finish(text_end);
}

std::string_view PathSkeletons::of_short(std::string_view text, Space& space) const noexcept {
  return of_windows<1>(text, space);
}

std::string_view PathSkeletons::of_longer(std::string_view text, Space& space) const noexcept {
  static_assert(kMostTextBytes == 2 * kWindow);
  return text.size() <= kMostTextBytes ? of_windows<2>(text, space) : std::string_view();
}

}  // namespace dosimeter::detail
