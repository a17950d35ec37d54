#include "engine/src/pattern_index.h"

#include "engine/src/byte_words.h"
#include "engine/src/characters.h"
#include "engine/src/path_pieces.h"
#include "engine/src/pattern_place.h"
#include "engine/src/trigrams.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace dosimeter::detail {
namespace {

/// A bit for each number of slashes, the last for all large ones.
constexpr std::uint64_t depth_bit(std::size_t depth) noexcept {
  return std::uint64_t{1} << std::min<std::size_t>(depth, 63);
}

/// Texts with more tokens of which a pattern asks for two are not looked at by pairs.
constexpr std::size_t kMostTokens = 16;

}  // namespace

/// Those of a text that patterns have.
struct PatternIndex::KnownTokens {
  std::array<std::uint64_t, kMostTokens> hashes;
  std::size_t count = 0;
};

namespace {

void add_start(BytePairFilter& starts, const std::string& token) {
  starts.add(token[0], token.size() == 1 ? '/' : token[1]);
}

void add_end(BytePairFilter& ends, const std::string& end) {
  if (end.size() >= 2) {
    ends.add(end[end.size() - 2], end.back());
    return;
  }
  for (int before = 0; before < 128; ++before) ends.add(static_cast<char>(before), end[0]);
}

/// Whether its head or its tail says all.
bool is_certain(const CompiledPattern& pattern) {
  return pattern.shape() == CompiledPattern::Shape::affixes &&
         (pattern.head().empty() || pattern.tail().empty());
}

}  // namespace

PatternIndex::PatternIndex(std::span<const CompiledPattern> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  using Kind = PatternPlace::Kind;
  const PatternPlaces places(patterns, folds);
  std::vector<RadixTree<ReadingOrder::forwards>::Key> heads;
  std::vector<RadixTree<ReadingOrder::backwards>::Key> tails;
  std::vector<PartTable::Entry> parts;
  std::vector<PartTable::Entry> trigrams;
  std::unordered_set<std::string> tokens_of_pairs;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    const CompiledPattern& pattern = patterns[id];
    const Candidate candidate{id, is_certain(pattern) && pattern.folds() == folds};
    std::optional<PatternPlace> best = places.best_of(pattern);
    if (!best) {
      others_.push_back(id);
      continue;
    }
    switch (best->kind) {
      case Kind::head:
        heads.push_back({std::move(best->text), candidate});
        break;
      case Kind::end:
        parts.push_back({best->hash, id});
        end_sizes_ |= 1u << (best->text.size() - 1);
        add_end(end_bytes_, best->text);
        break;
      case Kind::tail:
        tails.push_back({std::move(best->text), candidate});
        break;
      case Kind::whole:
        parts.push_back({best->hash, id});
        whole_depths_ |= depth_bit(PatternPlace::depth_of(best->text));
        break;
      case Kind::prefix:
        parts.push_back({best->hash, id});
        prefix_depths_ |= depth_bit(PatternPlace::depth_of(best->text) - 1);
        break;
      case Kind::token:
        parts.push_back({best->hash, id});
        add_start(token_starts_, best->text);
        break;
      case Kind::token_pair:
        has_token_pairs_ = true;
        parts.push_back({best->hash, id});
        for (const std::string& token : best->tokens) {
          add_start(token_starts_, token);
          tokens_of_pairs.insert(token);
        }
        break;
      case Kind::trigram:
        trigrams.push_back({best->hash, id});
        break;
    }
  }
  for (const std::string& token : tokens_of_pairs) {
    parts.push_back({PatternPlace::hash_of(token), PartTable::kNoPattern});
  }
  heads_ = RadixTree<ReadingOrder::forwards>(std::move(heads));
  tails_ = RadixTree<ReadingOrder::backwards>(std::move(tails));
  parts_ = PartTable(std::move(parts));
  trigrams_ = PartTable(std::move(trigrams));
}

/// Takes candidates for one text.
class PatternIndex::Query {
 public:
  Query(AskedText& text, std::span<const CompiledPattern> patterns,
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
  bool ask(std::span<const PatternId> patterns) noexcept {
    for (const PatternId pattern : patterns) {
      if (!ask(pattern)) return false;
    }
    return true;
  }
  /// Of patterns that may have been asked before: a text may have a part several times.
  bool ask_once(std::span<const PatternId> patterns) noexcept {
    for (const PatternId pattern : patterns) {
      if (!matches_.contains(pattern) && !ask(pattern)) return false;
    }
    return true;
  }

 private:
  /// Beyond this number and this share of all patterns asking costs more than it saves.
  static constexpr std::size_t kMostAsked = 64;
  static constexpr std::size_t kShareAsked = 4;
  AskedText& text_;
  std::span<const CompiledPattern> patterns_;
  PatternMatches& matches_;
  std::size_t asked_ = 0;
};

/// Looks at the tokens, prefixes and whole of a text that patterns may have.
bool PatternIndex::find_parts(std::string_view text, Query& query) const noexcept {
  KnownTokens tokens;
  // The margin stands before a text of one byte.
  const char* const text_end = text.data() + text.size();
  if (!text.empty() && end_bytes_.may_have(text_end[-2], text_end[-1]) && !find_ends(text, query)) {
    return false;
  }
  std::uint64_t depths = prefix_depths_;
  std::size_t depth = 0;
  PieceReader pieces(text);
  for (; pieces.next(); ++depth) {
    // Of a text that ends here, the margin is the second byte.
    const char* const piece = pieces.piece().data();
    if (depth != 0 && token_starts_.may_have(piece[0], piece[0] == '/' ? '/' : piece[1]) &&
        !find_token(pieces.piece(), tokens, query)) {
      return false;
    }
    if ((depths & 1) != 0) {
      const auto size = static_cast<std::size_t>(pieces.place() - text.data());
      if (!query.ask(parts_.find(part_hash({text.data(), size})).patterns)) return false;
    }
    depths >>= 1;
  }
  if ((whole_depths_ & depth_bit(depth)) == 0) return true;
  return query.ask(parts_.find(whole_hash(text)).patterns);
}

/// Of a text that is shorter than some of them the margin is read.
bool PatternIndex::find_ends(std::string_view text, Query& query) const noexcept {
  const char* const end = text.data() + text.size();
  for (unsigned left = end_sizes_; left != 0; left &= left - 1) {
    const auto size = static_cast<std::size_t>(std::countr_zero(left)) + 1;
    if (!query.ask(parts_.find(end_hash(end, size)).patterns)) return false;
  }
  return true;
}

/// Looks at a token, and at its pairs with those before it.
bool PatternIndex::find_token(std::string_view text, KnownTokens& before,
                              Query& query) const noexcept {
  const std::uint64_t token = part_hash(text);
  const PartTable::Found found = parts_.find(token);
  if (!found.known) return true;
  if (!query.ask_once(found.patterns)) return false;
  if (!has_token_pairs_) return true;
  for (std::size_t i = 0; i < before.count; ++i) {
    const std::uint64_t pair = pair_hash(before.hashes[i], token);
    if (!query.ask_once(parts_.find(pair).patterns)) return false;
  }
  if (before.count == kMostTokens) return false;
  before.hashes[before.count++] = token;
  return true;
}

bool PatternIndex::find_in_trigrams(std::string_view text, Query& query) const noexcept {
  for (std::size_t i = 0; i + kTrigram <= text.size(); ++i) {
    if (!query.ask_once(trigrams_.find(trigram_hash(text.data() + i)).patterns)) return false;
  }
  return true;
}

bool PatternIndex::find(AskedText& asked, std::span<const CompiledPattern> patterns,
                        PatternMatches& matches) const noexcept {
  const PreparedText& text = asked.text();
  if (text.form != form_) return false;
  matches.clear();
  Query query(asked, patterns, matches);
  const auto take = [&](Candidate candidate) noexcept { return query.take(candidate); };
  if (!heads_.walk(text.copy, take) || !tails_.walk(text.copy, take)) return false;
  if (!parts_.empty() && !find_parts(text.copy, query)) return false;
  if (!trigrams_.empty() && !find_in_trigrams(text.copy, query)) return false;
  return std::all_of(others_.begin(), others_.end(),
                     [&](PatternId pattern) { return query.ask(pattern); });
}

}  // namespace dosimeter::detail
