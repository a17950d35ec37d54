#include "engine/src/pattern_index.h"

#include "engine/src/asked_text.h"
#include "engine/src/byte_words.h"
#include "engine/src/characters.h"
#include "engine/src/path_tokens.h"
#include "engine/src/pattern_place.h"
#include "engine/src/trigrams.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::detail {
namespace {

/// Texts with more tokens of which a pattern asks for two are not looked at by pairs.
constexpr std::size_t kMostTokens = 16;

/// A bit of 4096.
constexpr std::size_t bit_of(std::uint64_t trigram_hash) noexcept {
  return trigram_hash >> 52;
}

bool is_certain(const CompiledPattern& pattern) {
  using Shape = CompiledPattern::Shape;
  return pattern.shape() == Shape::literal ||
         (pattern.shape() == Shape::affixes && (pattern.head().empty() || pattern.tail().empty()));
}

}  // namespace

PatternIndex::PatternIndex(std::span<const CompiledPattern> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  const PatternPlaces places(patterns, folds);
  std::vector<RadixTree<ReadingOrder::forwards>::Key> heads;
  std::vector<RadixTree<ReadingOrder::backwards>::Key> tails;
  std::vector<PartTable::Entry> tokens;
  std::vector<PartTable::Entry> token_pairs;
  std::vector<PartTable::Entry> trigrams;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    const CompiledPattern& pattern = patterns[id];
    const bool is_literal = pattern.shape() == CompiledPattern::Shape::literal;
    const Candidate candidate{id, is_certain(pattern) && pattern.folds() == folds};
    if (is_literal || (is_certain(pattern) && !pattern.head().empty())) {
      heads.push_back({fold_ascii(pattern.head(), folds), candidate, is_literal});
      continue;
    }
    std::optional<PatternPlace> best = places.best_of(pattern);
    if (!best) {
      others_.push_back(id);
      continue;
    }
    switch (best->kind) {
      case PatternPlace::Kind::head:
        heads.push_back({std::move(best->text), candidate, false});
        break;
      case PatternPlace::Kind::tail:
        tails.push_back({std::move(best->text), candidate, false});
        break;
      case PatternPlace::Kind::token:
        tokens.push_back({best->hash, id});
        break;
      case PatternPlace::Kind::token_pair:
        token_pairs.push_back({best->hash, id});
        for (const std::uint64_t hash : best->pair) tokens.push_back({hash, PartTable::kNoPattern});
        break;
      case PatternPlace::Kind::trigram:
        trigram_bits_[bit_of(best->hash) / 64] |= std::uint64_t{1} << (bit_of(best->hash) % 64);
        trigrams.push_back({best->hash, id});
        break;
    }
  }
  heads_ = RadixTree<ReadingOrder::forwards>(std::move(heads));
  tails_ = RadixTree<ReadingOrder::backwards>(std::move(tails));
  tokens_ = PartTable(std::move(tokens));
  token_pairs_ = PartTable(std::move(token_pairs));
  trigrams_ = PartTable(std::move(trigrams));
}

/// Takes candidates for one text.
class PatternIndex::Query {
 public:
  Query(const PreparedText& text, std::span<const CompiledPattern> patterns,
        PatternMatches& matches) noexcept
      : text_(text), patterns_(patterns), matches_(matches) {}

  // These are false where it is not worth while to go on.

  bool take(Candidate candidate) noexcept {
    return candidate.certain ? matches_.add(candidate.pattern) : ask(candidate.pattern);
  }
  bool ask(PatternId pattern) noexcept {
    if (++asked_ > kMostAsked + patterns_.size() / kShareAsked) return false;
    return !text_.matches(patterns_[pattern]) || matches_.add(pattern);
  }
  /// Of patterns that may have been asked before: a text may have a part several times.
  bool ask_once(std::span<const PatternId> patterns) noexcept {
    return std::all_of(patterns.begin(), patterns.end(), [&](PatternId pattern) {
      return matches_.contains(pattern) || ask(pattern);
    });
  }

 private:
  /// Beyond this number and this share of all patterns asking costs more than it saves.
  static constexpr std::size_t kMostAsked = 64;
  static constexpr std::size_t kShareAsked = 4;
  AskedText text_;
  std::span<const CompiledPattern> patterns_;
  PatternMatches& matches_;
  std::size_t asked_ = 0;
};

/// Looks at each token, and at the pairs of those that a pattern has.
bool PatternIndex::find_tokens(std::string_view text, Query& query) const noexcept {
  std::array<std::uint64_t, kMostTokens> before;
  std::size_t count = 0;
  bool going = true;
  for_each_token(text, [&](std::string_view token) {
    const std::uint64_t hash = token_hash(token);
    const PartTable::Found found = tokens_.find(hash);
    if (!found.known) return true;
    going = query.ask_once(found.patterns);
    if (token_pairs_.empty() || !going) return going;
    for (std::size_t i = 0; i < count && going; ++i) {
      going = query.ask_once(token_pairs_.find(pair_hash(before[i], hash)).patterns);
    }
    going = going && count < kMostTokens;
    if (going) before[count++] = hash;
    return going;
  });
  return going;
}

bool PatternIndex::find_in_trigrams(std::string_view text, Query& query) const noexcept {
  for (std::size_t i = 0; i + kTrigram <= text.size(); ++i) {
    const std::uint64_t hash = trigram_hash(text.data() + i);
    const std::uint64_t seen = trigram_bits_[bit_of(hash) / 64] >> (bit_of(hash) % 64);
    if ((seen & 1) != 0 && !query.ask_once(trigrams_.find(hash).patterns)) return false;
  }
  return true;
}

bool PatternIndex::find(const PreparedText& text, std::span<const CompiledPattern> patterns,
                        PatternMatches& matches) const noexcept {
  if (text.form != form_) return false;
  matches.clear();
  Query query(text, patterns, matches);
  const auto take = [&](Candidate candidate) noexcept { return query.take(candidate); };
  if (!heads_.walk(text.copy, take) || !tails_.walk(text.copy, take)) return false;
  if (!tokens_.empty() && !find_tokens(text.copy, query)) return false;
  if (!trigrams_.empty() && !find_in_trigrams(text.copy, query)) return false;
  return std::all_of(others_.begin(), others_.end(),
                     [&](PatternId pattern) { return query.ask(pattern); });
}

}  // namespace dosimeter::detail
