#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace dosimeter::sim {

/// Which choices make a request change rule: a set of indices into the choice differences.
struct Causes {
  /// Bit i is difference i. None where they were not sought.
  std::uint64_t choices = 0;
  /// Whether it takes all of them at once; otherwise each is enough.
  bool together = false;

  [[nodiscard]] constexpr bool has(std::size_t difference) const noexcept {
    return (choices >> difference & 1u) != 0;
  }

  friend auto operator<=>(const Causes&, const Causes&) = default;
};

}  // namespace dosimeter::sim
