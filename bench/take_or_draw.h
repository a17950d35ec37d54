#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/reservoir.h>
#include <dosimeter/rule.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace dosimeter::bench {

/// What follows on a match, the same for every matcher that is measured: the engine's Reservoir,
/// the draw, and a count of what was decided.
class TakeOrDraw {
 public:
  explicit TakeOrDraw(std::span<const Rule> rules) : counters_(rules.size()) {
    for (const Rule& rule : rules) {
      entries_.emplace_back(rule.reservoir_size(), rule.fixed_rate().value());
    }
  }

  [[nodiscard]] Decision decide(RuleIndex rule, TimePoint now, double draw) noexcept {
    Entry& entry = entries_[rule];
    Counters& counters = counters_[rule];
    ++counters.requests;
    Decision decision{{rule}, true, Cause::reservoir, 1.0};
    if (!entry.reservoir.take(now, entry.size)) {
      decision.sampled = draw < entry.rate;
      decision.cause = decision.sampled ? Cause::rate : Cause::refused_by_rate;
      decision.probability = entry.rate;
    }
    if (decision.sampled) ++counters.sampled;
    return decision;
  }

 private:
  /// On a cache line of its own, as threads would have it.
  struct alignas(64) Entry {
    Entry(std::uint32_t reservoir_size, double fixed_rate)
        : size(reservoir_size), rate(fixed_rate) {}
    Reservoir reservoir;
    std::uint32_t size;
    double rate;
  };
  struct Counters {
    std::uint64_t requests = 0;
    std::uint64_t sampled = 0;
    std::uint64_t borrowed = 0;
  };
  std::deque<Entry> entries_;
  std::vector<Counters> counters_;
};

}  // namespace dosimeter::bench
