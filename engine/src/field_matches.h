#pragma once

#include "engine/src/radix_tree.h"

#include <cstddef>
#include <span>

namespace dosimeter::detail {

/// The patterns of one field that a request passes, beside those that every request passes. Made
/// without a value: most requests need few of those there is room for.
struct FieldMatches {
  /// All of them; `patterns()` then is empty.
  bool every;
  const PatternId* first;
  std::size_t count;

  static FieldMatches all() noexcept { return {true, nullptr, 0}; }
  static FieldMatches of(std::span<const PatternId> patterns) noexcept {
    return {false, patterns.data(), patterns.size()};
  }

  [[nodiscard]] std::span<const PatternId> patterns() const noexcept { return {first, count}; }
  [[nodiscard]] bool contains(PatternId pattern) const noexcept {
    for (const PatternId one : patterns()) {
      if (one == pattern) return true;
    }
    return every;
  }
};

}  // namespace dosimeter::detail
