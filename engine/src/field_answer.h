#pragma once

#include "engine/src/number_blocks.h"
#include "engine/src/radix_tree.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace dosimeter::detail {

/// What the rules of one set say of a text in one field. Of a set of at most kRules: which of them
/// it passes. Of a larger set: the same of the first kFirstRules, and which of the field's distinct
/// patterns it matches (those that every request passes are none), where they are few.
class FieldAnswer {
 public:
  static constexpr std::size_t kWords = 2;
  static constexpr std::size_t kRules = 64 * kWords;
  static constexpr std::size_t kFirstRules = 16;
  static constexpr std::size_t kMostPatterns = 6;

  FieldAnswer() = default;  // of any value
  /// No rule.
  static FieldAnswer none() noexcept {
    FieldAnswer answer;
    answer.parts_.fill(0);
    return answer;
  }

  /// Of a small set.
  [[nodiscard]] std::uint64_t rules(std::size_t word) const noexcept {
    std::uint64_t rules;
    std::memcpy(&rules, &parts_[4 * word], sizeof rules);
    return rules;
  }
  void add_rules(std::size_t word, std::uint64_t rules) noexcept {
    rules |= this->rules(word);
    std::memcpy(&parts_[4 * word], &rules, sizeof rules);
  }

  // --- Of a larger set ---

  [[nodiscard]] std::uint64_t first_rules() const noexcept { return parts_[0]; }
  void add_first_rules(std::uint64_t rules) noexcept {
    parts_[0] = static_cast<std::uint16_t>(parts_[0] | rules);
  }

  void set_patterns(std::span<const PatternId> patterns) noexcept {
    parts_[kCount] = static_cast<std::uint16_t>(patterns.size());
    if (patterns.size() > kMostPatterns) parts_[kCount] = kTooMany;
    for (std::size_t i = 0; i < kMostPatterns; ++i) parts_[kCount + 1 + i] = kNoPattern;
    for (std::size_t i = 0; i < patterns.size() && parts_[kCount] != kTooMany; ++i) {
      if (patterns[i] > kLargestPattern) parts_[kCount] = kTooMany;
      parts_[kCount + 1 + i] = static_cast<std::uint16_t>(patterns[i]);
    }
  }
  /// So many that nobody has listed them.
  void set_unlisted() noexcept { parts_[kCount] = kUnlisted; }
  /// Because the field is absent, and that is how absence is taken.
  void set_every_pattern() noexcept { parts_[kCount] = kEvery; }

  [[nodiscard]] bool has_patterns() const noexcept { return parts_[kCount] <= kMostPatterns; }
  /// REQUIRES: has_patterns().
  [[nodiscard]] std::span<const std::uint16_t> patterns() const noexcept {
    return {parts_.data() + kCount + 1, parts_[kCount]};
  }
  /// kNoPattern after the last. REQUIRES: has_patterns(), and a place before kMostPatterns.
  [[nodiscard]] std::uint16_t pattern_or_none(std::size_t i) const noexcept {
    return parts_[kCount + 1 + i];
  }
  /// Those at the first `most` places, each eight times; kNoPattern after the last.
  template <std::size_t most>
  [[nodiscard]] std::array<NumberBlock, most> repeated_patterns() const noexcept {
    const NumberBlock all = load_numbers(parts_.data());
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return std::array<NumberBlock, most>{repeated_number<kCount + 1 + i>(all)...};
    }
    (std::make_index_sequence<most>{});
  }
  static constexpr std::uint16_t kNoPattern = 0xFFFF;
  /// REQUIRES: has_patterns().
  [[nodiscard]] bool has_pattern(PatternId pattern) const noexcept {
    // The bits of the first rules and the count are none of the patterns.
    constexpr std::uint32_t kPatterns = 0xFFFFu << (2 * (kCount + 1)) & 0xFFFFu;
    const NumberBlock wanted = repeated(static_cast<std::uint16_t>(pattern));
    const NumberBlock found = as_numbers(load_numbers(parts_.data()) == wanted);
    return (bit_pairs(found) & kPatterns) != 0 && pattern <= kLargestPattern;
  }
  [[nodiscard]] bool is_every_pattern() const noexcept { return parts_[kCount] == kEvery; }
  [[nodiscard]] bool is_unlisted() const noexcept { return parts_[kCount] == kUnlisted; }

 private:
  static constexpr std::size_t kCount = 1;
  static constexpr PatternId kLargestPattern = kNoPattern - 1;
  static constexpr std::uint16_t kEvery = 0xFFFF;
  static constexpr std::uint16_t kUnlisted = 0xFFFE;
  /// More than there is room for, or of too large a number.
  static constexpr std::uint16_t kTooMany = 0xFFFD;

  /// Words of bits, each in four parts; of a larger set bits, the count or what is said in its
  /// place, and the patterns.
  alignas(std::uint64_t) std::array<std::uint16_t, 4 * kWords> parts_;
};

}  // namespace dosimeter::detail
