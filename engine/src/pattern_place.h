#pragma once

#include "engine/src/compiled_pattern.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dosimeter::detail {

/// Where a pattern could be looked for in a text: by the whole of it, by what it starts or ends
/// with, or by a part that stands between. A tail of a word at most is an end.
struct PatternPlace {
  enum class Kind { whole, prefix, head, end, tail, token, token_pair, trigram };
  Kind kind;
  std::string text = {};                   // but of a pair or a trigram
  std::uint64_t hash = 0;                  // but of head or tail
  std::array<std::string, 2> tokens = {};  // of a pair

  /// Of a part.
  static std::uint64_t hash_of(std::string_view part);
  /// How many slashes there are.
  static std::size_t depth_of(std::string_view text);
  /// Of prefixes; deeper ones are heads.
  static constexpr std::size_t kMostDepth = 16;
};

/// Chooses places for patterns so that few patterns have to be asked for a text: a place is good if
/// few texts have it, which is judged by how many patterns do. Time: about linear in all patterns.
class PatternPlaces {
 public:
  /// For texts that are folded if `folds`.
  PatternPlaces(std::span<const CompiledPattern> patterns, bool folds);

  /// That of one of the patterns. Nothing where it has none: `*a*`.
  [[nodiscard]] std::optional<PatternPlace> best_of(const CompiledPattern& pattern) const;

 private:
  [[nodiscard]] std::size_t patterns_with_token(const std::string& token) const;
  [[nodiscard]] std::size_t patterns_with_trigram(std::uint64_t hash) const;

  bool folds_;
  std::vector<std::string> heads_;  // sorted
  std::vector<std::string> tails_;  // from the last byte to the first, sorted
  std::unordered_map<std::string, std::size_t> tokens_;
  std::unordered_map<std::uint64_t, std::size_t> trigrams_;
};

}  // namespace dosimeter::detail
