#pragma once

#include <dosimeter/matcher.h>
#include <dosimeter/reservoir.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/sampler.h>

#include "engine/src/counter_stripe.h"
#include "engine/src/fallback_sampler.h"
#include "engine/src/snapshot.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How a Sampler and its Deciders share rules without waiting for one another.
///
/// Rules in force are a Snapshot, immutable and held by shared pointers; targets make a new one of
/// the same rules. Each seat holds the one it decides by and looks at a version number before every
/// decision. When that has changed it tries the lock: if the lock is free it goes over to the new
/// snapshot; if not, somebody is working on the shared state this very moment, and it decides by
/// the old snapshot once more. So a decision never waits, and no pointer is read that another
/// thread may free.
///
/// Counters have one writer, their seat, and only grow; statistics are differences of sums. A
/// seat's array is made larger by whoever swaps rules in (`spare`) and taken into use by the seat,
/// so that deciding allocates nothing.
namespace dosimeter::detail {

/// A Decider's part of the shared state.
class DeciderSeat {
 public:
  explicit DeciderSeat(std::shared_ptr<SamplerState> state);
  ~DeciderSeat();
  DeciderSeat(const DeciderSeat&) = delete;  // the state knows it by address
  DeciderSeat& operator=(const DeciderSeat&) = delete;

  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) noexcept;

 private:
  friend class SamplerState;
  void follow_rules() noexcept;
  Decision decide_anew(const Request& request, TimePoint now, double draw) noexcept;
  Decision decide_after_upstream(const Request& request, TimePoint now, double draw) noexcept;
  Decision decide_otherwise(const Request& request, TimePoint now, double draw) noexcept;
  Decision decide_by_targets(const Request& request, TimePoint now, double draw) noexcept;
  void count_borrowed(RuleCounters& counters) noexcept;

  std::shared_ptr<SamplerState> state_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::uint64_t version_ = 0;
  CounterStripe counters_;  // the pointer in it changes under the state's lock alone
  CounterStripe spare_;     // guarded by the state's lock
  Matcher matcher_;
};

/// What the seats of one Sampler share.
class SamplerState {
 public:
  SamplerState(RuleSet rules, SamplerOptions options);

  /// `fetched`: when X-Ray was asked for them, if it was anew.
  void swap_rules(RuleSet rules, std::optional<TimePoint> fetched);
  void apply_targets(std::span<const SamplingTarget> targets, TimePoint now);
  [[nodiscard]] RuleSet rules() const;
  [[nodiscard]] RuleId rule_id(std::string_view name) const;
  [[nodiscard]] std::string rule_name(RuleId rule) const;
  [[nodiscard]] std::vector<RuleStatistics> take_statistics(TimePoint now);

 private:
  friend class DeciderSeat;

  struct Counts {
    std::uint64_t requests = 0;
    std::uint64_t sampled = 0;
    std::uint64_t borrowed = 0;
  };

  /// What belongs to a rule's name. On a cache line of its own: its reservoir is written by every
  /// thread.
  struct alignas(64) NamedRule {
    explicit NamedRule(std::string rule_name) : name(std::move(rule_name)) {}
    Reservoir reservoir;
    std::string name;
    Counts departed;  // by seats that are gone
    Counts reported;  // sums at the time statistics were last taken
    /// How `reservoir` is spent; nothing before a rule of that name has been in force.
    std::optional<Spending> spent;
  };

  /// REQUIRES: locked.
  RuleId id_of(const std::string& name);
  Counts counted(RuleId rule) const;
  Sampling sampling_by(const RuleSet& rules) const noexcept;
  std::shared_ptr<Snapshot> snapshot_of(RuleSet rules, std::optional<TimePoint> fetched);
  /// All that may run out of memory, for a snapshot to come.
  void make_ready();
  void put_in_force(std::shared_ptr<const Snapshot> next) noexcept;

  const QuotaSource quota_source_;
  /// Only where quotas come from targets.
  std::optional<FallbackSampler> fallback_;
  mutable std::mutex mutex_;
  /// Counts snapshots. Read by seats without the lock.
  std::atomic<std::uint64_t> version_{0};
  // Guarded by mutex_:
  std::shared_ptr<const Snapshot> snapshot_;
  /// Snapshots that seats may still hold. Freed here, never in a decision.
  std::vector<std::shared_ptr<const Snapshot>> retired_;
  std::deque<NamedRule> named_rules_;  // by RuleId; a deque keeps addresses
  std::map<std::string, RuleId, std::less<>> ids_;
  std::vector<DeciderSeat*> seats_;
};

}  // namespace dosimeter::detail
