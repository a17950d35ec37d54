#pragma once

#include <cstddef>
#include <cstdint>

namespace dosimeter::bench {

/// What this thread has done through operator new and delete, which this file replaces.
struct Allocations {
  std::uint64_t calls = 0;   // of operator new
  std::int64_t bytes = 0;    // still held, as malloc rounds them up
  std::int64_t highest = 0;  // the most `bytes` has been since it was last reset
};

[[nodiscard]] Allocations allocations() noexcept;
/// Sets `highest` to what is held now.
void reset_highest() noexcept;

}  // namespace dosimeter::bench
