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
        sampler_(rules, {.quotas = QuotaSource::targets, .rules_fetched = start}),
        decider_(sampler_.decider()),
        start_(start),
        next_targets_(start + kTargetPoll),
        next_rules_(start + kRulePoll),
        asked_(rules.rules().size()) {}

  /// Does what was due before `now`. Nothing happens between polls that find nothing to do, so that
  /// of many missed ones the first brings the targets and the last the rules.
  void poll(TimePoint now, const std::vector<std::string>& names,
            const std::vector<std::uint32_t>& quotas, bool quotas_arrive) {
    if (now >= next_targets_) {
      std::vector<SamplingTarget> targets;
      for (std::size_t rule = 0; rule < asked_.size(); ++rule) {
        if (!asked_[rule]) continue;
        asked_[rule] = false;
        SamplingTarget target;
        target.rule_name = names[rule];
        target.reservoir_quota = quotas[rule];
        target.quota_expiry = next_targets_ + kQuotaLife;
        targets.push_back(std::move(target));
      }
      if (quotas_arrive) sampler_.apply_targets(targets, next_targets_);
      next_targets_ += kTargetPoll * ((now - next_targets_) / kTargetPoll + 1);
    }
    if (now >= next_rules_) {
      const auto missed = (now - next_rules_) / kRulePoll;
      sampler_.swap_rules(rules_, next_rules_ + kRulePoll * missed);
      next_rules_ += kRulePoll * (missed + 1);
    }
  }

  Cause decide(std::size_t rule, std::string_view host, TimePoint now) {
    asked_[rule] = true;
    return decider_.decide({.host = host}, now, kNoDraw).cause;
  }

 private:
  const RuleSet& rules_;
  Sampler sampler_;
  Decider decider_;
  TimePoint start_;
  TimePoint next_targets_;
  TimePoint next_rules_;
  /// Which rules had a request since targets were last asked for.
  std::vector<bool> asked_;
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
