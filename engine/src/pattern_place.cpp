#include "engine/src/pattern_place.h"

#include "engine/src/characters.h"
#include "engine/src/literal_runs.h"
#include "engine/src/path_pieces.h"
#include "engine/src/trigrams.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace dosimeter::detail {
namespace {

/// Of one pattern; the first of them are as good as the others.
constexpr std::size_t kMostTokens = 8;
constexpr std::size_t kMostTrigrams = 128;

/// A pattern as texts are, folded if they are.
struct Spelling {
  Spelling(const CompiledPattern& pattern, bool folds)
      : head(fold_ascii(std::string(pattern.head()), folds)),
        middle(fold_ascii(std::string(pattern.middle()), folds)),
        tail(fold_ascii(std::string(pattern.tail()), folds)) {}
  std::string head;
  std::string middle;
  std::string tail;
};

/// With room for a block to be read past its end.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text)
      : padded_(std::string(text) + std::string(kBlockBytes, ' ')), size_(text.size()) {}
  [[nodiscard]] std::string_view text() const { return std::string_view(padded_).substr(0, size_); }

 private:
  std::string padded_;
  std::size_t size_;
};

std::vector<std::string> tokens_of(std::string_view part) {
  std::vector<std::string> tokens;
  for_each_run(part, [&](std::string_view run) {
    const PaddedText padded(run);
    PieceReader pieces(padded.text());
    if (!pieces.next()) return;  // the first has no slash before it
    while (tokens.size() < kMostTokens && pieces.next()) tokens.emplace_back(pieces.piece());
  });
  return tokens;
}

std::vector<std::uint64_t> trigrams_of(std::string_view part) {
  std::vector<std::uint64_t> trigrams;
  for_each_run(part, [&](std::string_view run) {
    const std::string padded = std::string(run) + ' ';
    for (std::size_t i = 0; i + kTrigram <= run.size() && trigrams.size() < kMostTrigrams; ++i) {
      trigrams.push_back(trigram_hash(padded.data() + i));
    }
  });
  return trigrams;
}

PatternPlace prefix_or_head(const std::string& head) {
  using Kind = PatternPlace::Kind;
  if (head.back() != '/' || PatternPlace::depth_of(head) > PatternPlace::kMostDepth) {
    return {Kind::head, head};
  }
  return {Kind::prefix, head, PatternPlace::hash_of(head)};
}

PatternPlace end_or_tail(const std::string& tail) {
  using Kind = PatternPlace::Kind;
  if (tail.size() > kWordBytes) return {Kind::tail, tail};
  const std::string padded = std::string(kWordBytes, ' ') + tail;
  return {Kind::end, tail, end_hash(padded.data() + padded.size(), tail.size())};
}

std::string reversed(const std::string& text) {
  return {text.rbegin(), text.rend()};
}

/// How many of the sorted texts start with `start`.
std::size_t starting_with(const std::vector<std::string>& sorted, const std::string& start) {
  const auto begin = std::lower_bound(sorted.begin(), sorted.end(), start);
  const auto end = std::partition_point(
      begin, sorted.end(), [&](const std::string& text) { return text.starts_with(start); });
  return static_cast<std::size_t>(end - begin);
}

}  // namespace

std::uint64_t PatternPlace::hash_of(std::string_view part) {
  return part_hash(PaddedText(part).text());
}

std::size_t PatternPlace::depth_of(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '/'));
}

PatternPlaces::PatternPlaces(std::span<const CompiledPattern> patterns, bool folds)
    : folds_(folds) {
  for (const CompiledPattern& pattern : patterns) {
    const Spelling spelling(pattern, folds);
    heads_.push_back(spelling.head);
    tails_.push_back(reversed(spelling.tail));
    for (const std::string* part : {&spelling.head, &spelling.middle, &spelling.tail}) {
      for (const std::string& token : tokens_of(*part)) ++tokens_[token];
      for (const std::uint64_t trigram : trigrams_of(*part)) ++trigrams_[trigram];
    }
  }
  std::sort(heads_.begin(), heads_.end());
  std::sort(tails_.begin(), tails_.end());
}

std::optional<PatternPlace> PatternPlaces::best_of(const CompiledPattern& pattern) const {
  using Kind = PatternPlace::Kind;
  // What it takes to look for a place: of tokens each text has few, of their pairs some, of
  // trigrams many.
  constexpr std::size_t kLookingForPair = 2;
  constexpr std::size_t kLookingForTrigram = 16;
  std::optional<PatternPlace> best;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  const auto consider = [&](std::size_t cost, PatternPlace place) {
    if (cost >= least) return;
    least = cost;
    best = std::move(place);
  };
  const Spelling spelling(pattern, folds_);
  if (pattern.shape() == CompiledPattern::Shape::literal) {
    return PatternPlace{Kind::whole, spelling.head, whole_hash(PaddedText(spelling.head).text())};
  }
  if (!spelling.head.empty()) {
    consider(starting_with(heads_, spelling.head), prefix_or_head(spelling.head));
    // No other says all there is to know.
    if (pattern.shape() == CompiledPattern::Shape::affixes && spelling.tail.empty()) return best;
  }
  if (!spelling.tail.empty()) {
    consider(starting_with(tails_, reversed(spelling.tail)), end_or_tail(spelling.tail));
  }
  const std::vector<std::string> tokens = tokens_of(spelling.middle);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t with_first = patterns_with_token(tokens[i]);
    const std::uint64_t first = PatternPlace::hash_of(tokens[i]);
    consider(with_first, {Kind::token, tokens[i], first});
    for (std::size_t j = i + 1; j < tokens.size(); ++j) {
      // Few texts that have one have the other as well.
      constexpr std::size_t kFewer = 8;
      const std::size_t with_both = std::min(with_first, patterns_with_token(tokens[j])) / kFewer;
      const std::uint64_t second = PatternPlace::hash_of(tokens[j]);
      consider(kLookingForPair + with_both,
               {Kind::token_pair, {}, pair_hash(first, second), {tokens[i], tokens[j]}});
    }
  }
  for (const std::uint64_t trigram : trigrams_of(spelling.middle)) {
    consider(kLookingForTrigram + patterns_with_trigram(trigram), {Kind::trigram, {}, trigram});
  }
  return best;
}

std::size_t PatternPlaces::patterns_with_token(const std::string& token) const {
  const auto found = tokens_.find(token);
  return found == tokens_.end() ? 0 : found->second;
}

std::size_t PatternPlaces::patterns_with_trigram(std::uint64_t hash) const {
  const auto found = trigrams_.find(hash);
  return found == trigrams_.end() ? 0 : found->second;
}

}  // namespace dosimeter::detail
