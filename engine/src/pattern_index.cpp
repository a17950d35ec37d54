#include "engine/src/pattern_index.h"

#include "engine/src/byte_words.h"
#include "engine/src/characters.h"
#include "engine/src/literal_runs.h"
#include "engine/src/trigrams.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dosimeter::detail {
namespace {

/// Texts with more tokens are not looked at by pairs of them.
constexpr std::size_t kMostTokens = 16;

std::uint64_t token_hash(std::string_view token) noexcept {
  return hash_text(token, 0);
}

std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second) noexcept {
  return (mix(first) ^ second) * 0x9E3779B97F4A7C15;
}

/// A bit of 4096.
constexpr std::size_t bit_of(std::uint64_t trigram_hash) noexcept {
  return trigram_hash >> 52;
}

/// Shows what stands between two slashes next to one another, both included. REQUIRES: a word may
/// be read past the end.
template <typename Visit>
void for_each_token(std::string_view text, Visit&& visit) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t before = kNone;
  for (std::size_t i = 0; i < text.size(); i += kWordBytes) {
    std::uint64_t slashes = bytes_equal_to('/', load_word(text.data() + i));
    for (; slashes != 0; slashes = without_first_byte(slashes)) {
      const std::size_t slash = i + first_byte(slashes);
      if (slash >= text.size()) return;
      if (before != kNone && !visit(text.substr(before, slash + 1 - before))) return;
      before = slash;
    }
  }
}

/// How a pattern could be looked for.
struct Place {
  enum class Kind { head, tail, token, token_pair, trigram };
  Kind kind;
  std::string text;        // of a pair both
  std::uint64_t hash = 0;  // of parts between head and tail
};

void add_trigrams(std::string_view run, std::vector<Place>& places) {
  for (std::size_t i = 0; i + kTrigram <= run.size(); ++i) {
    std::string trigram(run.substr(i, kTrigram));
    const std::uint64_t hash = trigram_hash(trigram.c_str());
    places.push_back({Place::Kind::trigram, std::move(trigram), hash});
  }
}

std::string folded(std::string text, bool folds) {
  if (folds) std::transform(text.begin(), text.end(), text.begin(), fold_ascii);
  return text;
}

/// Every place of the pattern in texts that are folded if `folds`, whether it folds or not.
std::vector<Place> places(const CompiledPattern& pattern, bool folds) {
  std::vector<Place> places;
  if (!pattern.head().empty()) {
    places.push_back({Place::Kind::head, folded(pattern.head(), folds)});
  }
  if (!pattern.tail().empty()) {
    places.push_back({Place::Kind::tail, folded(pattern.tail(), folds)});
  }
  std::vector<std::string> tokens;
  for_each_run(folded(pattern.middle(), folds), [&](std::string_view run) {
    for_each_token(std::string(run) + std::string(kWordBytes, ' '), [&](std::string_view token) {
      if (tokens.size() < kMostTokens) tokens.emplace_back(token);
      return true;
    });
    add_trigrams(run, places);
  });
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::uint64_t hash = token_hash(tokens[i]);
    places.push_back({Place::Kind::token, tokens[i], hash});
    for (std::size_t j = i + 1; j < tokens.size(); ++j) {
      places.push_back(
          {Place::Kind::token_pair, tokens[i] + tokens[j], pair_hash(hash, token_hash(tokens[j]))});
    }
  }
  return places;
}

/// How many patterns share a place.
class Shares {
 public:
  void count(const Place& place) { ++counts(place)[place.text]; }

  /// About how many patterns a text that has the place would have to ask, and what it costs to look
  /// for the place: of tokens each text has few, of their pairs some, of trigrams many.
  [[nodiscard]] std::size_t cost(const Place& place) {
    constexpr std::array<std::size_t, kKinds> kLooking = {0, 0, 0, 2, 8};
    return counts(place)[place.text] + kLooking[static_cast<std::size_t>(place.kind)];
  }

 private:
  static constexpr std::size_t kKinds = 5;
  std::unordered_map<std::string, std::size_t>& counts(const Place& place) {
    return counts_[static_cast<std::size_t>(place.kind)];
  }
  std::array<std::unordered_map<std::string, std::size_t>, kKinds> counts_;
};

/// The cheapest place of each pattern, nothing where it has none.
std::vector<std::optional<Place>> best_places(std::span<const CompiledPattern> patterns,
                                              bool folds) {
  Shares all;
  for (const CompiledPattern& pattern : patterns) {
    for (const Place& place : places(pattern, folds)) all.count(place);
  }
  const auto choose = [&](Shares& shares) {
    std::vector<std::optional<Place>> chosen;
    for (const CompiledPattern& pattern : patterns) {
      std::optional<Place>& best = chosen.emplace_back();
      std::size_t least = std::numeric_limits<std::size_t>::max();
      for (Place& place : places(pattern, folds)) {
        const std::size_t cost = shares.cost(place);
        if (cost >= least) continue;
        least = cost;
        best = std::move(place);
      }
    }
    return chosen;
  };
  // Where most that have a place have a better one, it is good for the rest.
  Shares taken;
  for (const std::optional<Place>& place : choose(all)) {
    if (place) taken.count(*place);
  }
  return choose(taken);
}

bool is_certain(const CompiledPattern& pattern) {
  using Shape = CompiledPattern::Shape;
  return pattern.shape() == Shape::literal ||
         (pattern.shape() == Shape::affixes && (pattern.head().empty() || pattern.tail().empty()));
}

}  // namespace

PatternIndex::PatternIndex(std::span<const CompiledPattern> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  std::vector<std::optional<Place>> chosen = best_places(patterns, folds);
  std::vector<RadixTree<ReadingOrder::forwards>::Key> heads;
  std::vector<RadixTree<ReadingOrder::backwards>::Key> tails;
  std::vector<PartTable::Entry> tokens;
  std::vector<PartTable::Entry> token_pairs;
  std::vector<PartTable::Entry> trigrams;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    const CompiledPattern& pattern = patterns[id];
    const bool is_literal = pattern.shape() == CompiledPattern::Shape::literal;
    std::optional<Place>& best = chosen[id];
    const Candidate candidate{id, is_certain(pattern) && pattern.folds() == folds};
    if (is_literal && !best) {
      heads.push_back({"", candidate, true});  // the empty pattern
      continue;
    }
    if (!best) {
      others_.push_back(id);
      continue;
    }
    switch (best->kind) {
      case Place::Kind::head:
        heads.push_back({std::move(best->text), candidate, is_literal});
        break;
      case Place::Kind::tail:
        tails.push_back({std::move(best->text), candidate, false});
        break;
      case Place::Kind::token:
        tokens.push_back({best->hash, id});
        break;
      case Place::Kind::token_pair:
        token_pairs.push_back({best->hash, id});
        break;
      case Place::Kind::trigram:
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
    if (++asked_ == kFewAsked) find_trigrams(text_);
    if (asked_ > kMostAsked + patterns_.size() / kShareAsked) return false;
    return !patterns_[pattern].matches(text_) || matches_.add(pattern);
  }
  /// Of patterns that may have been asked before: a text may have a part several times.
  bool ask_once(std::span<const PatternId> patterns) noexcept {
    return std::all_of(patterns.begin(), patterns.end(), [&](PatternId pattern) {
      return matches_.contains(pattern) || ask(pattern);
    });
  }

 private:
  /// From here on it pays to look at the trigrams of the text.
  static constexpr std::size_t kFewAsked = 4;
  /// Beyond this number and this share of all patterns asking costs more than it saves.
  static constexpr std::size_t kMostAsked = 64;
  static constexpr std::size_t kShareAsked = 4;
  PreparedText text_;
  std::span<const CompiledPattern> patterns_;
  PatternMatches& matches_;
  std::size_t asked_ = 0;
};

/// The hashes of the tokens of a text. False where there are too many.
bool PatternIndex::find_tokens(std::string_view text, Query& query) const noexcept {
  std::array<std::uint64_t, kMostTokens> before;
  std::size_t count = 0;
  bool going = true;
  for_each_token(text, [&](std::string_view token) {
    const std::uint64_t hash = token_hash(token);
    if (!tokens_.empty()) going = query.ask_once(tokens_.find(hash));
    if (token_pairs_.empty() || !going) return going;
    if (count == kMostTokens) return going = false;
    for (std::size_t i = 0; i < count && going; ++i) {
      going = query.ask_once(token_pairs_.find(pair_hash(before[i], hash)));
    }
    before[count++] = hash;
    return going;
  });
  return going;
}

bool PatternIndex::find_in_trigrams(std::string_view text, Query& query) const noexcept {
  for (std::size_t i = 0; i + kTrigram <= text.size(); ++i) {
    const std::uint64_t hash = trigram_hash(text.data() + i);
    const std::uint64_t seen = trigram_bits_[bit_of(hash) / 64] >> (bit_of(hash) % 64);
    if ((seen & 1) != 0 && !query.ask_once(trigrams_.find(hash))) return false;
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
  const bool has_tokens = !tokens_.empty() || !token_pairs_.empty();
  if (has_tokens && !find_tokens(text.copy, query)) return false;
  if (!trigrams_.empty() && !find_in_trigrams(text.copy, query)) return false;
  return std::all_of(others_.begin(), others_.end(),
                     [&](PatternId pattern) { return query.ask(pattern); });
}

}  // namespace dosimeter::detail
