#pragma once

#include "engine/src/compiled_pattern.h"
#include "engine/src/prepared_text.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Which of a few rules a text may pass in one field, by some of its bytes: a quick no for most
/// that it does not. Which bytes those are is chosen when it is made, so that few rules are left.
/// Immutable.
class ByteSieve {
 public:
  /// Of no rule.
  ByteSieve() = default;
  /// Of the patterns of rules, by rule; nullptr for one that every text passes. For texts that are
  /// folded if `folds`.
  ByteSieve(std::span<const CompiledPattern* const> patterns, bool folds);

  /// Whether it may sift texts of that form.
  [[nodiscard]] bool sifts(PreparedText::Form form) const noexcept { return form == form_; }

  /// A bit for each of the rules from 64 * `word` on that the text may pass: all that it does, and
  /// all that ask for nothing. REQUIRES: sifts(text.form); a word of at most 64 rules.
  [[nodiscard]] std::uint64_t may_pass(std::size_t word, const PreparedText& text) const noexcept {
    const std::uint64_t* table = tables_.data() + word * kPlaces * kBytes;
    const char* const begin = text.copy.data();
    const char* const end = begin + text.copy.size();
    std::uint64_t rules = ~std::uint64_t{0};
    for (std::size_t i = 0; i < kPlaces; ++i, table += kBytes) {
      const char* const byte = i < kStarts ? begin + offsets_[i] : end - offsets_[i];
      rules &= table[static_cast<unsigned char>(*byte)];
    }
    return rules;
  }

 private:
  /// Bytes that are looked at, counted from a text's start, from 0, or from its end, from 1. The
  /// margins of a copy reach as far.
  static constexpr std::size_t kStarts = 3;
  static constexpr std::size_t kEnds = 1;
  static constexpr std::size_t kPlaces = kStarts + kEnds;
  static constexpr std::size_t kFarthest = PreparedText::kMargin;
  /// Those of ordinary text, and of margins.
  static constexpr std::size_t kBytes = 128;

  /// That of no text, until there are rules.
  PreparedText::Form form_ = static_cast<PreparedText::Form>(0xFF);
  std::array<std::uint32_t, kPlaces> offsets_{};
  /// By word of rules, place and byte.
  std::vector<std::uint64_t> tables_;
};

}  // namespace dosimeter::detail
