#include "engine/src/path_skeleton.h"

#include "engine/src/byte_words.h"
#include "engine/src/characters.h"
#include "engine/src/path_pieces.h"
#include "engine/src/pattern_place.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <vector>

namespace dosimeter::detail {
namespace {

/// That many bytes are looked at at once.
constexpr std::size_t kWindow = 64;

/// What stands where in a window of a text: a bit for each byte.
struct WindowBits {
  std::uint64_t slashes = 0;
  /// What is neither a slash nor a letter, and what stands behind the text's end.
  std::uint64_t others = 0;

  WindowBits(const char* window, const char* text_end) noexcept {
    const std::size_t size = std::min(kWindow, static_cast<std::size_t>(text_end - window));
    for (std::size_t i = 0; i < size; i += kBlockBytes) {
      slashes |= std::uint64_t{block_bits_equal_to('/', window + i)} << i;
      others |= std::uint64_t{block_bits_of_no_letters(window + i)} << i;
    }
    others &= ~slashes;
  }
};

/// A bit for each size of a text, the last for all large ones.
std::uint64_t size_bit(std::size_t size) noexcept {
  return std::uint64_t{1} << std::min<std::size_t>(size, 63);
}

/// The runs of all patterns, by where in a token they stand.
struct Runs {
  std::vector<std::string> wholes;  // with the slash, or of a last token without
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
        wholes.push_back(has_slash ? run + '/' : run);
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
    most_questions = std::max<std::size_t>(most_questions, std::count(text.begin(), text.end(), '?'));
  }
  if (most_questions >= kMostQuestions) return;
  longest_gap_ = most_questions + 1;

  make_distinct(runs.wholes);
  wholes_ = HashFilter(runs.wholes.size());
  for (const std::string& whole : runs.wholes) {
    wholes_.add(PatternPlace::hash_of(whole));
    add_start(whole_starts_, whole);
    longest_whole_ = std::max(longest_whole_, whole.size());
  }
  for (std::vector<std::string>* affixes :
       {&runs.prefixes, &runs.suffixes, &runs.last_suffixes}) {
    make_distinct(*affixes);
  }
  prefixes_ = PrefixFilter(runs.prefixes);
  suffixes_ = SuffixFilter(runs.suffixes);
  last_suffixes_ = SuffixFilter(runs.last_suffixes);
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

/// Copies a text but for its gaps, to where there is room for all of it.
class PathSkeletons::Writer {
 public:
  Writer(const char* text, Space& space) noexcept
      : next_(text), begin_(space.data()), out_(space.data()) {}

  void write_gap(const char* begin, const char* end, std::size_t most) noexcept {
    copy_up_to(begin);
    *out_++ = static_cast<char>(std::min(static_cast<std::size_t>(end - begin), most));
    next_ = end;
  }
  [[nodiscard]] std::string_view finish(const char* text_end) noexcept {
    copy_up_to(text_end);
    return {begin_, static_cast<std::size_t>(out_ - begin_)};
  }

 private:
  void copy_up_to(const char* end) noexcept {
    char* out = out_;
    for (const char* from = next_; from < end; from += kBlockBytes, out += kBlockBytes) {
      std::memcpy(out, from, kBlockBytes);
    }
    out_ += end - next_;
  }

  const char* next_;
  const char* begin_;
  char* out_;
};

bool PathSkeletons::is_literal(std::string_view text, const char* last_token) const noexcept {
  const auto size = static_cast<std::size_t>(text.data() + text.size() - last_token);
  return (literal_sizes_ & size_bit(text.size())) != 0 &&
         literal_lasts_.may_have(part_hash({last_token, size})) &&
         literals_.may_have(part_hash(text));
}

/// Of a token of one byte, what stands after it is the second.
bool PathSkeletons::may_have_infix(const char* begin, const char* end) const noexcept {
  for (; begin != end; ++begin) {
    if (infix_starts_.may_have(begin[0], begin[1])) return true;
  }
  return false;
}

/// Leaves out of a token what no run may be; of the last, `slash` is nothing.
inline void PathSkeletons::write_token(const char* begin, const char* end, std::size_t slash,
                                       const SuffixFilter& suffixes,
                                       Writer& writer) const noexcept {
  const auto size = static_cast<std::size_t>(end - begin);
  if (size <= longest_whole_ && whole_starts_.may_have(begin[0], begin[1]) &&
      wholes_.may_have(part_hash({begin, size + slash}))) {
    return;
  }
  const char* const gap_begin = begin + prefixes_.longest({begin, size});
  const char* const gap_end = end - suffixes.longest({begin, size});
  if (gap_begin >= gap_end || (has_infixes_ && may_have_infix(begin, end))) return;
  writer.write_gap(gap_begin, gap_end, longest_gap_);
}

std::string_view PathSkeletons::of(const PreparedText& prepared, Space& space) const noexcept {
  const std::string_view text = prepared.copy;
  if (!are_there_ || prepared.form != form_ || text.size() > kMostTextBytes) return {};
  const char* const text_end = text.data() + text.size();
  Writer writer(text.data(), space);
  // That which no window has seen the end of, and whether there were but letters.
  const char* token = text.data();
  bool is_word = true;
  for (const char* window = text.data(); window < text_end; window += kWindow) {
    const WindowBits bits(window, text_end);
    if (bits.slashes == 0) {
      is_word = is_word && bits.others == 0;
      continue;
    }
    const int last_slash = std::bit_width(bits.slashes) - 1;
    std::uint64_t left = bits.others & ((std::uint64_t{1} << last_slash) - 1);
    if (!is_word) left |= 1;
    while (left != 0) {
      const int place = std::countr_zero(left);
      const std::uint64_t before = bits.slashes & ((std::uint64_t{1} << place) - 1);
      const int end = place + std::countr_zero(bits.slashes >> place);
      write_token(before == 0 ? token : window + std::bit_width(before), window + end, 1, suffixes_,
                  writer);
      left &= ~((std::uint64_t{2} << end) - 1);
    }
    token = window + last_slash + 1;
    is_word = bits.others >> last_slash == 0;
  }
  if (is_literal(text, token)) return literals_differ_ ? std::string_view() : text;
  if (token != text_end) write_token(token, text_end, 0, last_suffixes_, writer);
  return writer.finish(text_end);
}

}  // namespace dosimeter::detail
