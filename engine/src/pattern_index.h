#pragma once

#include "engine/src/asked_text.h"
#include "engine/src/byte_sets.h"
#include "engine/src/compiled_pattern.h"
#include "engine/src/part_table.h"
#include "engine/src/path_pieces.h"
#include "engine/src/radix_tree.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// The patterns that a text matches, each once, in no order.
class PatternMatches {
 public:
  /// More are not worth an index: whoever matches that many soon matches a rule.
  static constexpr std::size_t kMost = 64;

  void clear() noexcept { count_ = 0; }
  [[nodiscard]] std::span<const PatternId> ids() const noexcept { return {ids_.data(), count_}; }
  [[nodiscard]] bool contains(PatternId pattern) const noexcept {
    for (const PatternId id : ids()) {
      if (id == pattern) return true;
    }
    return false;
  }
  void assign(std::span<const std::uint16_t> ids) noexcept {
    count_ = ids.size();
    for (std::size_t i = 0; i < ids.size(); ++i) ids_[i] = ids[i];
  }
  /// False where there is no room.
  bool add(PatternId pattern) noexcept {
    if (count_ == kMost) return false;
    ids_[count_++] = pattern;
    return true;
  }

 private:
  std::array<PatternId, kMost> ids_;
  std::size_t count_ = 0;
};

/// Which of the distinct patterns of a field an ordinary text matches, without asking them all.
/// Each pattern stands in one place: under its head, its tail, or a part that must stand between
/// them, whichever it shares with the fewest others. Where the place says all there is to know the
/// pattern is not asked any more. Immutable.
class PatternIndex {
 public:
  PatternIndex() = default;
  /// Texts will be folded if `folds`. Every PatternId is a place in `patterns`.
  PatternIndex(std::span<const CompiledPattern> patterns, bool folds);

  /// Writes those that `text` matches. False where that would be too many, where so many patterns
  /// would have to be asked that one may as well ask all, and where the text is not ordinary or was
  /// not copied; then what was written means nothing. `patterns` are those of the constructor.
  /// Time: linear in the text for each pattern that is asked, and those are at most as many as
  /// there are and some more.
  [[nodiscard]] bool find(AskedText& text, std::span<const CompiledPattern> patterns,
                          PatternMatches& matches) const noexcept;

 private:
  class Query;
  struct KnownTokens;

  [[nodiscard]] bool find_parts(std::string_view text, Query& query) const noexcept;
  [[nodiscard]] bool find_ends(std::string_view text, Query& query) const noexcept;
  [[nodiscard]] bool find_token(std::string_view text, KnownTokens& before,
                                Query& query) const noexcept;
  [[nodiscard]] bool find_in_trigrams(std::string_view text, Query& query) const noexcept;

  RadixTree<ReadingOrder::forwards> heads_;
  RadixTree<ReadingOrder::backwards> tails_;
  /// By wholes, prefixes, ends, tokens, and pairs of tokens one after the other.
  PartTable parts_;
  bool has_token_pairs_ = false;
  /// What tokens start with, of which the slash may be the second byte, or the only one.
  BytePairFilter token_starts_;
  /// How many slashes the prefixes and the wholes have, a bit for each number: of prefixes, which
  /// have one at least, the lowest is for one.
  std::uint64_t prefix_depths_ = 0;
  std::uint64_t whole_depths_ = 0;
  /// How long the ends are, a bit for each size, the lowest for one byte.
  unsigned end_sizes_ = 0;
  /// What texts with such an end end with.
  BytePairFilter end_bytes_;
  /// By three bytes.
  PartTable trigrams_;
  /// Those without any part to look for.
  std::vector<PatternId> others_;
  PreparedText::Form form_ = PreparedText::Form::folded;
};

}  // namespace dosimeter::detail
