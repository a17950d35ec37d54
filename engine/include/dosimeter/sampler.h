#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/sampling_target.h>
#include <dosimeter/statistics.h>
#include <dosimeter/time_point.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter {

namespace detail {
class SamplerState;
class DeciderSeat;
}  // namespace detail

/// Decides requests for one thread at a time: its view of the rules, its scratch memory and its
/// counters, so that threads share nothing but the reservoirs. Made by Sampler::decider(), one for
/// each thread; it may outlive the Sampler. Movable, so that a worker can own it; not copyable,
/// because its counters are its own. One that was moved from may only be assigned to or destroyed.
class Decider {
 public:
  Decider(Decider&&) noexcept;
  Decider& operator=(Decider&&) noexcept;
  ~Decider();

  /// Whether to sample `request`, and why. `now` is the request's time; `draw` is a uniform random
  /// number in [0, 1), used only if the reservoir refuses; a recorder that decides by trace id
  /// (DrawComparison::trace_id_ratio) makes it from that. Depends on these, the rules and their
  /// reservoirs alone.
  ///
  /// Allocates nothing, frees nothing and waits for nobody. It looks for new rules first; where
  /// another thread is at work on what Deciders share this very moment (swapping rules, taking
  /// statistics, going over to new rules itself), it decides by those it has and looks again the
  /// next time.
  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) noexcept;

 private:
  friend class Sampler;
  explicit Decider(std::unique_ptr<detail::DeciderSeat> seat);
  std::unique_ptr<detail::DeciderSeat> seat_;
};

/// How a Sampler of central rules comes by its share of their reservoirs. Of local rules every
/// Sampler has the whole reservoirs.
enum class QuotaSource : unsigned char {
  /// It has all of every reservoir from its first request on, and its rules never go stale: the
  /// steady state of the only instance there is. A recorder that never spends a quota borrows one
  /// request a second instead.
  whole_reservoirs,
  /// It has what X-Ray assigns to it (apply_targets), borrows until then, and falls back on local
  /// rules while it has no central ones or only stale ones: what a recorder does that asks X-Ray.
  targets,
};

/// Enough that the threads of an ordinary machine seldom wait for one another.
inline constexpr std::size_t kDefaultOwnDeciders = 8;

struct SamplerOptions {
  QuotaSource quotas = QuotaSource::whole_reservoirs;
  /// When X-Ray was asked for the rules; nothing where it never was, so that the Sampler falls back
  /// until rules are swapped in.
  std::optional<TimePoint> rules_fetched = {};
  /// The local rules to fall back on. Nothing: one request a second and 5 %, as recorders ship it.
  /// Of a recorder that knows no local documents these are what it falls back on in any case.
  std::optional<RuleSet> fallback = {};
  /// How many Deciders `Sampler::decide` has to borrow from; at least 1. Fewer save memory where
  /// that function is for one thread.
  std::size_t own_deciders = kDefaultOwnDeciders;
  /// When the recorder was made and its local rules were loaded: what `Reservoir::start` makes
  /// begin of these, and of what it falls back on, begins then. Nothing: when the rules were
  /// fetched, or with the first request.
  std::optional<TimePoint> began = {};
};

/// Rules, reservoirs and counters of one instance of a recorder, as its RuleSet's recorder() would
/// decide. Reservoirs and counters belong to a rule's name and survive when rules are swapped;
/// where quotas come from targets, reservoirs do as far as the recorder keeps them
/// (`QuotaChoices::refresh_keeps`). All of it is thread-safe.
///
/// Memory grows with the number of distinct rule names ever given, because a RuleId stays valid:
/// some 200 bytes each, and 24 for each Decider, of which a Sampler has some of its own. A Decider
/// takes at most 256 KiB beside, however many different requests it sees; what it has not used of
/// that yet is not touched.
class Sampler {
 public:
  explicit Sampler(RuleSet rules, SamplerOptions options = {});
  ~Sampler();
  Sampler(const Sampler&) = delete;  // threads hold on to it by address
  Sampler& operator=(const Sampler&) = delete;

  [[nodiscard]] Decider decider();

  /// Decider::decide for callers who keep no Decider: it borrows one of a few inside, which costs
  /// two more atomic operations. With more threads at once than there are Deciders inside, a thread
  /// may wait for one.
  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) noexcept;

  /// Decides by `rules` from now on; Deciders go over as `Decider::decide` says. Waits for other
  /// swaps and reports, not for decisions. If memory runs out nothing has changed.
  void swap_rules(RuleSet rules);
  /// The same with central rules that X-Ray was asked for at `fetched`: a refresh.
  void swap_rules(RuleSet rules, TimePoint fetched);

  /// Spends by `targets` from now on what they assign to rules in force; `now` is when they came.
  /// Of several for one rule the last counts. Does nothing for other names, and nothing at all
  /// where quotas do not come from targets. Waits as swap_rules does. If memory runs out nothing
  /// has changed.
  void apply_targets(std::span<const SamplingTarget> targets, TimePoint now);

  /// The rules in force.
  [[nodiscard]] RuleSet rules() const;
  /// The number of that rule name; kNoRule for a name never given.
  [[nodiscard]] RuleId rule_id(std::string_view name) const;
  /// The name behind a number. Empty for kNoRule and for numbers never given.
  [[nodiscard]] std::string rule_name(RuleId rule) const;

  /// What each rule did since the last call, and starts counting anew: the rules in force in order
  /// of evaluation, then those no longer in force that have something to report. Every request and
  /// every sample is in exactly one report; of a decision made at this moment the request may be in
  /// this one and the sample in the next. `now` is their time. Where quotas come from targets,
  /// requests that were decided by the rules fallen back on are in no report.
  [[nodiscard]] std::vector<RuleStatistics> take_statistics(TimePoint now = {});

 private:
  std::shared_ptr<detail::SamplerState> state_;
  /// The Deciders behind `decide`.
  class DeciderPool;
  std::unique_ptr<DeciderPool> pool_;
};

}  // namespace dosimeter
