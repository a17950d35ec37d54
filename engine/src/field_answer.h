#pragma once

#include "engine/src/radix_tree.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dosimeter::detail {

/// What the rules of one set say of a text in one field. Of a set of at most kRules: which of them
/// it passes. Of a larger set: the same of the first kFirstRules, and which of the field's distinct
/// patterns it matches (those that match everything are none), where they are few.
class FieldAnswer {
 public:
  static constexpr std::size_t kWords = 4;
  static constexpr std::size_t kRules = 64 * kWords;
  static constexpr std::size_t kFirstRules = 64;
  static constexpr std::size_t kMostPatterns = 2 * (kWords - 1);
  static constexpr PatternId kNoPattern = 0xFFFFFFFF;

  FieldAnswer() = default;  // of any value
  /// No rule.
  static FieldAnswer none() noexcept { return FieldAnswer(0); }

  [[nodiscard]] std::uint64_t rules(std::size_t word) const noexcept { return words_[word]; }
  void add_rules(std::size_t word, std::uint64_t rules) noexcept { words_[word] |= rules; }

  // --- Of a larger set ---

  void set_patterns(std::span<const PatternId> patterns) noexcept {
    if (patterns.size() > kMostPatterns) return set_pattern(0, kTooMany);
    for (std::size_t i = 0; i < kMostPatterns; ++i) {
      set_pattern(i, i < patterns.size() ? patterns[i] : kNoPattern);
    }
  }
  /// So many that nobody has listed them.
  void set_unlisted() noexcept { set_pattern(0, kUnlisted); }
  /// Because the field is absent, and that is how absence is taken.
  void set_every_pattern() noexcept { set_pattern(0, kEvery); }

  /// The i-th; kNoPattern from there on where there are no more. REQUIRES: i < kMostPatterns, and
  /// none of those below.
  [[nodiscard]] PatternId pattern(std::size_t i) const noexcept {
    return static_cast<PatternId>(words_[1 + i / 2] >> (32 * (i % 2)));
  }
  [[nodiscard]] bool is_every_pattern() const noexcept { return pattern(0) == kEvery; }
  /// More than there is room for.
  [[nodiscard]] bool is_too_many() const noexcept { return pattern(0) == kTooMany; }
  [[nodiscard]] bool is_unlisted() const noexcept { return pattern(0) == kUnlisted; }

 private:
  static constexpr PatternId kEvery = 0xFFFFFFFE;
  static constexpr PatternId kTooMany = 0xFFFFFFFD;
  static constexpr PatternId kUnlisted = 0xFFFFFFFC;

  explicit FieldAnswer(std::uint64_t rules) noexcept { words_.fill(rules); }
  void set_pattern(std::size_t i, PatternId pattern) noexcept {
    std::uint64_t& word = words_[1 + i / 2];
    const std::size_t shift = 32 * (i % 2);
    word = (word & ~(std::uint64_t{0xFFFFFFFF} << shift)) | std::uint64_t{pattern} << shift;
  }

  std::array<std::uint64_t, kWords> words_;
};

}  // namespace dosimeter::detail
