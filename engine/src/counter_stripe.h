#pragma once

#include <dosimeter/decision.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace dosimeter::detail {

/// Counts of one rule. One thread adds, any thread reads; they only ever grow.
struct RuleCounters {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> sampled{0};
  std::atomic<std::uint64_t> borrowed{0};
};

/// One more. Not a read-modify-write: REQUIRES that only one thread writes `counter`.
inline void count_one(std::atomic<std::uint64_t>& counter) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

/// One Decider's counters, by RuleId. They begin on a cache line of their own, so that two Deciders
/// never write to the same line.
class CounterStripe {
 public:
  CounterStripe() = default;
  explicit CounterStripe(std::size_t rules)
      : counters_(rules == 0 ? nullptr : new (kLine) RuleCounters[padded(rules)]), size_(rules) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] RuleCounters& operator[](RuleId rule) const noexcept {
    return counters_[rule.value];
  }

  /// Takes over the counts of a stripe that is not longer.
  void copy_from(const CounterStripe& other) noexcept {
    for (std::uint32_t i = 0; i < other.size(); ++i) {
      RuleCounters& to = (*this)[RuleId{i}];
      const RuleCounters& from = other[RuleId{i}];
      to.requests.store(from.requests.load(std::memory_order_relaxed), std::memory_order_relaxed);
      to.sampled.store(from.sampled.load(std::memory_order_relaxed), std::memory_order_relaxed);
      to.borrowed.store(from.borrowed.load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
  }

 private:
  static constexpr std::size_t kLineBytes = 64;
  static constexpr std::align_val_t kLine{kLineBytes};

  /// Whole cache lines: 24 bytes a rule, 8 rules on 3 lines.
  static constexpr std::size_t padded(std::size_t rules) noexcept { return (rules + 7) / 8 * 8; }

  struct Release {
    void operator()(RuleCounters* counters) const noexcept {
      ::operator delete[](static_cast<void*>(counters), kLine);
    }
  };
  std::unique_ptr<RuleCounters[], Release> counters_;
  std::size_t size_ = 0;
};

}  // namespace dosimeter::detail
