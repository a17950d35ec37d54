#include "engine/src/pattern_index.h"

#include "engine/src/byte_words.h"
#include "engine/src/characters.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dosimeter::detail {
namespace {

constexpr std::size_t kGram = 3;

std::uint64_t token_hash(std::string_view token) noexcept {
  return hash_text(token, 0);
}

/// Of the kGram bytes at `bytes`; one more may be read.
std::uint64_t gram_hash(const char* bytes) noexcept {
  const std::uint64_t gram =
      load_half_word(bytes) &
      (std::endian::native == std::endian::little ? 0x00FFFFFFu : 0xFFFFFF00u);
  return (gram + 1) * 0x9E3779B97F4A7C15;
}

/// A bit of 4096.
constexpr std::size_t gram_bit(std::uint64_t hash) noexcept {
  return hash >> 52;
}

/// Shows what stands between two slashes next to one another, both included.
template <typename Visit>
void for_each_token(std::string_view text, Visit&& visit) {
  std::size_t slash = text.find('/');
  while (slash != std::string_view::npos) {
    const std::size_t next = text.find('/', slash + 1);
    if (next == std::string_view::npos) return;
    if (!visit(text.substr(slash, next + 1 - slash))) return;
    slash = next;
  }
}

/// Shows each run of literals between wildcards.
template <typename Visit>
void for_each_run(std::string_view middle, Visit&& visit) {
  for (std::size_t begin = 0; begin < middle.size();) {
    const std::size_t end = std::min(middle.find_first_of("*?", begin), middle.size());
    if (end != begin) visit(middle.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// How a pattern could be looked for.
struct Place {
  enum class Kind { head, tail, token, gram };
  Kind kind;
  std::string text;
};

/// Every place of a pattern that has to be asked, or has one place alone.
std::vector<Place> places(const CompiledPattern& pattern) {
  std::vector<Place> places;
  if (!pattern.head().empty()) places.push_back({Place::Kind::head, pattern.head()});
  if (!pattern.tail().empty()) places.push_back({Place::Kind::tail, pattern.tail()});
  for_each_run(pattern.middle(), [&](std::string_view run) {
    for_each_token(run, [&](std::string_view token) {
      places.push_back({Place::Kind::token, std::string(token)});
      return true;
    });
    for (std::size_t i = 0; i + kGram <= run.size(); ++i) {
      places.push_back({Place::Kind::gram, std::string(run.substr(i, kGram))});
    }
  });
  return places;
}

/// How many patterns share a place.
class Shares {
 public:
  void count(const Place& place) { ++counts(place)[place.text]; }

  /// What a place costs a text that has it. Looking at every gram of a text is dear.
  [[nodiscard]] std::size_t cost(const Place& place) {
    constexpr std::size_t kDearer = 8;
    const std::size_t shared = counts(place)[place.text];
    return place.kind == Place::Kind::gram ? kDearer + 2 * shared : shared;
  }

 private:
  std::unordered_map<std::string, std::size_t>& counts(const Place& place) {
    return counts_[static_cast<std::size_t>(place.kind)];
  }
  std::array<std::unordered_map<std::string, std::size_t>, 4> counts_;
};

bool is_certain(const CompiledPattern& pattern) {
  using Shape = CompiledPattern::Shape;
  return pattern.shape() == Shape::literal ||
         (pattern.shape() == Shape::affixes && (pattern.head().empty() || pattern.tail().empty()));
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), fold_ascii);
  return text;
}

}  // namespace

PatternIndex::PatternIndex(std::span<const CompiledPattern> patterns, bool folds) : folds_(folds) {
  const auto places_of = [&](const CompiledPattern& pattern) {
    std::vector<Place> found = places(pattern);
    for (Place& place : found) {
      // Of a pattern that tells letter case apart, where texts come folded.
      if (folds && !pattern.folds()) place.text = folded(std::move(place.text));
    }
    return found;
  };
  Shares shares;
  for (const CompiledPattern& pattern : patterns) {
    for (const Place& place : places_of(pattern)) shares.count(place);
  }

  std::vector<RadixTree<ReadingOrder::forwards>::Key> heads;
  std::vector<RadixTree<ReadingOrder::backwards>::Key> tails;
  std::vector<PartTable::Entry> tokens;
  std::vector<PartTable::Entry> grams;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    const CompiledPattern& pattern = patterns[id];
    const bool is_literal = pattern.shape() == CompiledPattern::Shape::literal;
    std::optional<Place> best;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (Place& place : places_of(pattern)) {
      const std::size_t cost = shares.cost(place);
      if (cost < least) {
        least = cost;
        best = std::move(place);
      }
    }
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
        tokens.push_back({token_hash(best->text), id});
        break;
      case Place::Kind::gram: {
        const std::uint64_t hash = gram_hash((best->text + '\0').data());
        grams_.seen[gram_bit(hash) / 64] |= std::uint64_t{1} << (gram_bit(hash) % 64);
        grams.push_back({hash, id});
        break;
      }
    }
  }
  heads_ = RadixTree<ReadingOrder::forwards>(std::move(heads));
  tails_ = RadixTree<ReadingOrder::backwards>(std::move(tails));
  tokens_ = PartTable(std::move(tokens));
  grams_.table = PartTable(std::move(grams));
}

/// Takes candidates for one text.
class PatternIndex::Query {
 public:
  Query(const PreparedText& text, std::span<const CompiledPattern> patterns,
        PatternMatches& matches) noexcept
      : text_(text), patterns_(patterns), matches_(matches), left_(patterns.size() + kMore) {}

  /// These are false where it is not worth while to go on.
  bool take(Candidate candidate) noexcept {
    return candidate.certain ? matches_.add(candidate.pattern) : ask(candidate.pattern);
  }
  bool ask(PatternId pattern) noexcept {
    if (left_-- == 0) return false;
    return !patterns_[pattern].matches(text_) || matches_.add(pattern);
  }
  /// Of patterns that may have been asked before: a text may have a part several times.
  bool ask_once(std::span<const PatternId> patterns) noexcept {
    for (const PatternId pattern : patterns) {
      if (left_-- == 0) return false;
      if (!patterns_[pattern].matches(text_) || matches_.contains(pattern)) continue;
      if (!matches_.add(pattern)) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kMore = 64;
  const PreparedText& text_;
  std::span<const CompiledPattern> patterns_;
  PatternMatches& matches_;
  std::size_t left_;  // patterns that may be asked
};

bool PatternIndex::find(const PreparedText& text, std::span<const CompiledPattern> patterns,
                        PatternMatches& matches) const noexcept {
  if (!text.ordinary || !text.has_copy() || text.folds != folds_) return false;
  Query query(text, patterns, matches);
  const auto take = [&](Candidate candidate) { return query.take(candidate); };
  matches.clear();
  if (!heads_.walk(text.copy, take) || !tails_.walk(text.copy, take)) return false;
  bool going = true;
  if (!tokens_.empty()) {
    for_each_token(text.copy, [&](std::string_view token) {
      return going = query.ask_once(tokens_.find(token_hash(token)));
    });
  }
  if (!grams_.table.empty()) {
    for (std::size_t i = 0; going && i + kGram <= text.copy.size(); ++i) {
      const std::uint64_t hash = gram_hash(text.copy.data() + i);
      const std::uint64_t seen = grams_.seen[gram_bit(hash) / 64] >> (gram_bit(hash) % 64);
      if ((seen & 1) != 0) going = query.ask_once(grams_.table.find(hash));
    }
  }
  for (std::size_t i = 0; going && i < others_.size(); ++i) going = query.ask(others_[i]);
  return going;
}

}  // namespace dosimeter::detail
