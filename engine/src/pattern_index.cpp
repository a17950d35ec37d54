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

/// Texts with more tokens of which a pattern asks for two are not looked at by pairs.
constexpr std::size_t kMostTokens = 16;

/// REQUIRES: a word may be read past the end.
std::uint64_t token_hash(std::string_view token) noexcept {
  std::uint64_t hash = token.size();
  const char* bytes = token.data();
  std::size_t left = token.size();
  for (; left > kWordBytes; left -= kWordBytes, bytes += kWordBytes) {
    hash = mix(hash ^ load_word(bytes));
  }
  return mix(hash ^ (load_word(bytes) & first_bytes(left))) * 0xD6E8FEB86659FD93;
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

std::string folded(std::string text, bool folds) {
  if (folds) std::transform(text.begin(), text.end(), text.begin(), fold_ascii);
  return text;
}

/// A pattern as texts are, folded if they are.
struct Spelling {
  Spelling(const CompiledPattern& pattern, bool folds)
      : head(folded(pattern.head(), folds)),
        middle(folded(pattern.middle(), folds)),
        tail(folded(pattern.tail(), folds)) {}
  std::string head;
  std::string middle;
  std::string tail;
};

/// Shows the runs of literals of the whole pattern.
template <typename Visit>
void for_each_run_of(const Spelling& spelling, Visit&& visit) {
  const bool has_wildcard = !spelling.middle.empty() || !spelling.tail.empty();
  for_each_run(spelling.head + (has_wildcard ? "*" : "") + spelling.middle + spelling.tail, visit);
}

std::uint64_t hash_of_token(const std::string& token) {
  return token_hash(std::string_view(token + std::string(kWordBytes, 0)).substr(0, token.size()));
}

/// The tokens of a pattern's part, a few at most.
std::vector<std::string> tokens_of(std::string_view part) {
  std::vector<std::string> tokens;
  for_each_run(part, [&](std::string_view run) {
    const std::string padded = std::string(run) + std::string(kWordBytes, ' ');
    for_each_token(padded, [&](std::string_view token) {
      tokens.emplace_back(token);
      return tokens.size() < kMostTokens;
    });
  });
  return tokens;
}

/// How a pattern could be looked for.
struct Place {
  enum class Kind { head, tail, token, token_pair, trigram };
  Kind kind;
  std::string text;                        // of head or tail
  std::uint64_t hash = 0;                  // of another part
  std::array<std::uint64_t, 2> pair = {};  // of the tokens of a pair
};

/// How often texts have what patterns ask for, judged by how many patterns do.
class Popularity {
 public:
  Popularity(std::span<const CompiledPattern> patterns, bool folds) {
    for (const CompiledPattern& pattern : patterns) {
      const Spelling spelling(pattern, folds);
      heads_.push_back(spelling.head);
      tails_.push_back(std::string(spelling.tail.rbegin(), spelling.tail.rend()));
      for_each_run_of(spelling, [&](std::string_view run) {
        for (const std::string& token : tokens_of(run)) ++tokens_[token];
        for (std::size_t i = 0; i + kTrigram <= run.size(); ++i) {
          ++trigrams_[std::string(run.substr(i, kTrigram))];
        }
      });
    }
    std::sort(heads_.begin(), heads_.end());
    std::sort(tails_.begin(), tails_.end());
  }

  [[nodiscard]] std::size_t of_head(const std::string& head) const {
    return starting_with(heads_, head);
  }
  [[nodiscard]] std::size_t of_tail(const std::string& tail) const {
    return starting_with(tails_, std::string(tail.rbegin(), tail.rend()));
  }
  [[nodiscard]] std::size_t of_token(const std::string& token) const { return tokens_.at(token); }
  [[nodiscard]] std::size_t of_trigram(const std::string& trigram) const {
    return trigrams_.at(trigram);
  }

 private:
  static std::size_t starting_with(const std::vector<std::string>& sorted,
                                   const std::string& start) {
    const auto begin = std::lower_bound(sorted.begin(), sorted.end(), start);
    const auto end = std::find_if(
        begin, sorted.end(), [&](const std::string& text) { return !text.starts_with(start); });
    return static_cast<std::size_t>(end - begin);
  }

  std::vector<std::string> heads_;
  std::vector<std::string> tails_;
  std::unordered_map<std::string, std::size_t> tokens_;
  std::unordered_map<std::string, std::size_t> trigrams_;
};

/// The place of a pattern that the fewest texts have, with something added for what it takes to
/// look for it: of tokens each text has few, of their pairs some, of trigrams many. Nothing where
/// there is no place.
std::optional<Place> best_place(const Spelling& spelling, const Popularity& popularity) {
  std::optional<Place> best;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  const auto consider = [&](std::size_t cost, Place place) {
    if (cost >= least) return;
    least = cost;
    best = std::move(place);
  };
  using Kind = Place::Kind;
  if (!spelling.head.empty()) {
    consider(popularity.of_head(spelling.head), {Kind::head, spelling.head});
  }
  if (!spelling.tail.empty()) {
    consider(popularity.of_tail(spelling.tail), {Kind::tail, spelling.tail});
  }
  const std::vector<std::string> tokens = tokens_of(spelling.middle);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t cost = popularity.of_token(tokens[i]);
    const std::uint64_t hash = hash_of_token(tokens[i]);
    consider(cost, {Kind::token, {}, hash});
    for (std::size_t j = i + 1; j < tokens.size(); ++j) {
      // As if each had the other by chance.
      constexpr std::size_t kLooking = 2;
      const std::size_t both = std::min(cost, popularity.of_token(tokens[j])) / 8;
      const std::uint64_t second = hash_of_token(tokens[j]);
      consider(kLooking + both, {Kind::token_pair, {}, pair_hash(hash, second), {hash, second}});
    }
  }
  for_each_run(spelling.middle, [&](std::string_view run) {
    for (std::size_t i = 0; i + kTrigram <= run.size(); ++i) {
      constexpr std::size_t kLooking = 16;
      const std::string trigram(run.substr(i, kTrigram));
      const std::size_t cost = kLooking + popularity.of_trigram(trigram);
      consider(cost, {Kind::trigram, {}, trigram_hash(trigram.c_str())});
    }
  });
  return best;
}

bool is_certain(const CompiledPattern& pattern) {
  using Shape = CompiledPattern::Shape;
  return pattern.shape() == Shape::literal ||
         (pattern.shape() == Shape::affixes && (pattern.head().empty() || pattern.tail().empty()));
}

}  // namespace

PatternIndex::PatternIndex(std::span<const CompiledPattern> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  const Popularity popularity(patterns, folds);
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
      heads.push_back({folded(pattern.head(), folds), candidate, is_literal});
      continue;
    }
    std::optional<Place> best = best_place(Spelling(pattern, folds), popularity);
    if (!best) {
      others_.push_back(id);
      continue;
    }
    switch (best->kind) {
      case Place::Kind::head:
        heads.push_back({std::move(best->text), candidate, false});
        break;
      case Place::Kind::tail:
        tails.push_back({std::move(best->text), candidate, false});
        break;
      case Place::Kind::token:
        tokens.push_back({best->hash, id});
        break;
      case Place::Kind::token_pair:
        token_pairs.push_back({best->hash, id});
        for (const std::uint64_t hash : best->pair) tokens.push_back({hash, PartTable::kNoPattern});
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
    const CompiledPattern& asked = patterns_[pattern];
    const bool is_general = asked.shape() == CompiledPattern::Shape::general;
    if (is_general && ++general_asked_ == kFewAsked) find_trigrams(text_);
    if (++asked_ > kMostAsked + patterns_.size() / kShareAsked) return false;
    return !asked.matches(text_) || matches_.add(pattern);
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
  std::size_t general_asked_ = 0;
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
