#pragma once

#include <dosimeter/reservoir.h>

#include <atomic>
#include <cstdint>

namespace dosimeter::detail {

/// What two words hold at one moment.
struct TwoWordValue {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

/// Reads and changes two words as one. Lock-free on x86-64, where every processor since 2006 has an
/// instruction for it that compilers only use on demand; elsewhere a change waits for another that
/// is being written.
class TwoWords {
 public:
  explicit TwoWords(ReservoirWords& words) noexcept : words_(words) {}

  /// What they hold. REQUIRES: a first word that never comes back to a value it has had.
  [[nodiscard]] TwoWordValue load() const noexcept {
    for (;;) {
      const std::uint64_t first = words_.first.load(std::memory_order_acquire);
      const std::uint64_t second = words_.second.load(std::memory_order_acquire);
      if (words_.first.load(std::memory_order_acquire) == first) return {first, second};
    }
  }

  /// Makes them `desired` if they are `expected`; else `expected` is what they are.
  bool compare_exchange(TwoWordValue& expected, TwoWordValue desired) noexcept {
#if defined(__x86_64__)
    bool done = false;
    asm volatile("lock cmpxchg16b %1"
                 : "=@ccz"(done), "+m"(words_), "+a"(expected.first), "+d"(expected.second)
                 : "b"(desired.first), "c"(desired.second)
                 : "memory");
    return done;
#else
    while (words_.busy.test_and_set(std::memory_order_acquire)) {
    }
    const TwoWordValue seen = {words_.first.load(std::memory_order_relaxed),
                               words_.second.load(std::memory_order_relaxed)};
    const bool done = seen.first == expected.first && seen.second == expected.second;
    if (done) {
      words_.second.store(desired.second, std::memory_order_release);
      words_.first.store(desired.first, std::memory_order_release);
    } else {
      expected = seen;
    }
    words_.busy.clear(std::memory_order_release);
    return done;
#endif
  }

 private:
  ReservoirWords& words_;
};

}  // namespace dosimeter::detail
