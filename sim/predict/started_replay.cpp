#include "sim/predict/started_replay.h"

#include <dosimeter/sampler.h>
#include <dosimeter/sampling_target.h>

#include "sim/predict/seeded_numbers.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace dosimeter::sim {
namespace {

/// A quota that was told of is good until the rules are fetched, when the Sampler hears of later
/// ones.
static_assert(kQuotaLife >= kRulePoll);

/// A draw that no rate but 1 keeps: what is sampled all the same was taken or borrowed.
constexpr double kNoDraw = 0x1.fffffffffffffp-1;

/// The host that leads to a rule of `rules_by_host`, and to no other.
std::string host_of(std::size_t rule) {
  return "r" + std::to_string(rule);
}

/// The same rules, each for requests to a host of its own: what their reservoirs do depends on
/// their names, sizes and rates alone, and the requests of a log are known by their rule.
RuleSet rules_by_host(const RuleSet& rules, const ReservoirBehaviour& behaviour) {
  std::vector<Rule> by_host;
  for (std::size_t i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    // X-Ray always has a Default; what else stands in is of the recorder's own making.
    if (rules.is_stand_in(static_cast<RuleIndex>(i)) && !rule.is_default()) continue;
    RuleSpec spec;
    spec.name = rule.name();
    spec.priority = static_cast<std::int64_t>(i) + 1;
    spec.fixed_rate = rule.fixed_rate().value();
    spec.reservoir_size = rule.reservoir_size();
    if (!rule.is_default()) spec.host = host_of(i);
    by_host.push_back(Rule::from(std::move(spec)).value());
  }
  Recorder recorder = rules.recorder();
  recorder.reservoir = behaviour.choices;
  recorder.quota = behaviour.quota;
  return RuleSetBuilder(recorder, RuleKind::central).add(by_host).build().value();
}

/// One process of the recorder, from its first request on.
class Instance {
 public:
  Instance(const RuleSet& rules, TimePoint start)
      : rules_(rules),
        sampler_(rules,
                 {.quotas = QuotaSource::targets, .rules_fetched = start, .own_deciders = 1}),
        next_targets_(start + kTargetPoll),
        next_rules_(start + kRulePoll),
        rules_known_(rules.rules().size()),
        each_target_counts_(rules.recorder().quota.target_reservoir != TargetReservoir::goes_on) {}

  /// Does what was due before `now`. Nothing happens between polls that find nothing to do, so that
  /// of many missed ones the first brings the targets and the last the rules.
  void poll(TimePoint now, const std::vector<std::string>& names,
            const std::vector<std::uint32_t>& quotas, bool quotas_arrive) {
    if (quotas_arrive && now >= next_targets_) {
      std::vector<SamplingTarget> targets;
      for (std::size_t rule = 0; rule < rules_known_.size(); ++rule) {
        RuleKnowledge& known = rules_known_[rule];
        if (!known.asked) continue;
        known.asked = false;
        known.granted_until = next_targets_ + kQuotaLife;
        if (!known.told_until || each_target_counts_) {
          targets.push_back(target(rule, names, quotas));
        }
      }
      if (!targets.empty()) sampler_.apply_targets(targets, next_targets_);
      next_targets_ += kTargetPoll * ((now - next_targets_) / kTargetPoll + 1);
    }
    if (now >= next_rules_) {
      std::vector<SamplingTarget> targets;
      for (std::size_t rule = 0; rule < rules_known_.size(); ++rule) {
        const RuleKnowledge& known = rules_known_[rule];
        if (known.told_until && known.granted_until > *known.told_until) {
          targets.push_back(target(rule, names, quotas));
        }
      }
      if (!targets.empty()) sampler_.apply_targets(targets, next_rules_);
      const auto missed = (now - next_rules_) / kRulePoll;
      sampler_.swap_rules(rules_, next_rules_ + kRulePoll * missed);
      next_rules_ += kRulePoll * (missed + 1);
      // It may have forgotten its quotas.
      for (RuleKnowledge& known : rules_known_) known.told_until.reset();
    }
  }

  Cause decide(std::size_t rule, std::string_view host, TimePoint now) {
    rules_known_[rule].asked = true;
    return sampler_.decide({.host = host}, now, kNoDraw).cause;
  }

 private:
  /// Of a rule since the rules were fetched.
  struct RuleKnowledge {
    /// Whether it had a request since targets were last asked for.
    bool asked = false;
    /// Until when its quota is good by the last target, and by the last one the Sampler was told
    /// of. A target that only makes a quota good for longer is told before rules are fetched:
    /// telling is dear.
    TimePoint granted_until = {};
    std::optional<TimePoint> told_until = {};
  };
  SamplingTarget target(std::size_t rule, const std::vector<std::string>& names,
                        const std::vector<std::uint32_t>& quotas) {
    RuleKnowledge& known = rules_known_[rule];
    known.told_until = known.granted_until;
    SamplingTarget target;
    target.rule_name = names[rule];
    target.reservoir_quota = quotas[rule];
    target.quota_expiry = known.granted_until;
    return target;
  }

  const RuleSet& rules_;
  Sampler sampler_;
  TimePoint next_targets_;
  TimePoint next_rules_;
  std::vector<RuleKnowledge> rules_known_;
  bool each_target_counts_;
};

}  // namespace

std::vector<CountedTakes> replay_started(const ReplayedFleet& fleet, const RuleSet& rules,
                                         const ReservoirBehaviour& behaviour,
                                         const ReservoirSizes& sizes, Allocation allocation) {
  const RuleSet by_host = rules_by_host(rules, behaviour);
  const std::size_t count = rules.rules().size();
  std::vector<std::string> hosts;
  std::vector<std::string> names;
  for (std::size_t rule = 0; rule < count; ++rule) {
    hosts.push_back(host_of(rule));
    names.push_back(rules.rules()[rule].name());
  }
  const std::size_t instances = static_cast<std::size_t>(fleet.instances);
  std::vector<std::vector<std::uint32_t>> quotas(instances, std::vector<std::uint32_t>(count));
  for (std::size_t rule = 0; rule < count; ++rule) {
    for (std::size_t i = 0; i < instances; ++i) quotas[i][rule] = sizes[rule][i];
  }

  std::vector<std::unique_ptr<Instance>> started(instances);
  std::vector<CountedTakes> counts(count);
  const bool consults = behaviour.choices.decided_upstream == DecidedUpstream::consults_rules;
  SeededNumbers numbers(fleet.routing_seed.value_or(0), 0);
  for_each_request(fleet.arrivals, fleet.placement, [&](const Arrival& arrival, TimePoint time) {
    if (!arrival.decides && !consults) return;
    const std::size_t at = fleet.instance_of(arrival, numbers);
    if (!started[at]) started[at] = std::make_unique<Instance>(by_host, time);
    started[at]->poll(time, names, quotas[at], allocation != Allocation::borrow_only);
    const Cause cause = started[at]->decide(arrival.rule, hosts[arrival.rule], time);
    if (!arrival.decides) return;
    CountedTakes& counted = counts[arrival.rule];
    const bool borrowed = cause == Cause::borrow;
    ++(borrowed || cause == Cause::reservoir ? counted.taken : counted.refused);
    if (borrowed) ++counted.borrowed;
  });
  return counts;
}

}  // namespace dosimeter::sim
