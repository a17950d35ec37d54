#include "engine/src/sampler_state.h"

#include <algorithm>
#include <limits>

namespace dosimeter::detail {
namespace {

constexpr RuleIndex kNotInForce = std::numeric_limits<RuleIndex>::max();

}  // namespace

SamplerState::SamplerState(RuleSet rules, SamplerOptions options) : quota_source_(options.quotas) {
  if (quota_source_ == QuotaSource::targets) {
    fallback_.emplace(std::move(options.fallback), rules.recorder(), options.rules_fetched);
    fallback_->set_rule(id_of(std::string(kLocalSamplerName)));
  }
  swap_rules(std::move(rules), options.rules_fetched);
}

RuleId SamplerState::id_of(const std::string& name) {
  if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
  const RuleId next{static_cast<std::uint32_t>(named_rules_.size())};
  std::map<std::string, RuleId, std::less<>> entry = {{name, next}};
  named_rules_.emplace_back(name);
  ids_.merge(entry);  // cannot run out of memory: the node is there
  return next;
}

Sampling SamplerState::sampling_by(const RuleSet& rules) const noexcept {
  const Recorder& recorder = rules.recorder();
  if (rules.kind() == RuleKind::central) {
    if (quota_source_ == QuotaSource::targets) return Sampling::targets;
    if (recorder.quota.use == QuotaUse::never_used) return Sampling::borrowed;
  }
  const bool drained =
      recorder.reservoirs(rules.kind()).default_reservoir == DefaultReservoir::drained_by_all;
  return drained ? Sampling::default_drained : Sampling::whole_reservoirs;
}

std::shared_ptr<Snapshot> SamplerState::snapshot_of(RuleSet rules,
                                                    std::optional<TimePoint> fetched) {
  const Sampling sampling = sampling_by(rules);
  auto next = std::make_shared<Snapshot>(std::move(rules), sampling);
  const bool by_targets = next->sampling == Sampling::targets;
  const std::size_t known_names = named_rules_.size();
  const Snapshot* before = snapshot_.get();
  std::vector<RuleIndex> index_before(known_names, kNotInForce);
  bool some_rule_changed = before == nullptr;
  if (before != nullptr) {
    for (RuleIndex i = 0; i < before->entries.size(); ++i) {
      index_before[before->entries[i].rule.value] = i;
    }
    some_rule_changed = before->rules.rules().size() != next->rules.rules().size();
  }
  const auto rule_before = [&](RuleId id) -> const Rule* {
    if (id.value >= known_names || index_before[id.value] == kNotInForce) return nullptr;
    return &before->rules.rules()[index_before[id.value]];
  };
  for (const Rule& rule : next->rules.rules()) {
    const RuleId id = id_of(rule.name());
    next->entries.push_back({&named_rules_[id.value].reservoir, id, rule.reservoir_size(),
                             drawn_share(rule.fixed_rate(), next->choices->draw)});
    const Rule* old = rule_before(id);
    some_rule_changed = some_rule_changed || old == nullptr || !same_but_for_rate(*old, rule) ||
                        old->fixed_rate() != rule.fixed_rate();
  }

  const QuotaChoices& choices = next->rules.recorder().quota;
  for (RuleIndex i = 0; i < next->entries.size(); ++i) {
    Snapshot::Entry& entry = next->entries[i];
    const Rule& rule = next->rules.rules()[i];
    const Rule* old = rule_before(entry.rule);
    const bool has_quota = by_targets && old != nullptr && before->sampling == Sampling::targets;
    Kept kept{entry.rule.value >= known_names || !by_targets, false, false};
    if (by_targets && old != nullptr) {
      const Rate rate =
          has_quota ? before->quotas[index_before[entry.rule.value]].rate : old->fixed_rate();
      kept = kept_of(*old, rule, rate, choices.refresh_keeps, some_rule_changed);
    }
    if (by_targets) {
      RuleQuota& quota = next->quotas.emplace_back(rule);
      if (has_quota && kept.quota) {
        const RuleQuota& old_quota = before->quotas[index_before[entry.rule.value]];
        const RuleQuota of_definition = quota;
        quota = old_quota;
        if (!kept.rate) quota.rate = of_definition.rate;
        // What keeps a rule's rate through a change keeps how it began.
        if (!kept.rate) quota.has_reservoir = of_definition.has_reservoir;
      }
    }
    if (kept.reservoir) {
      if (old != nullptr && !before->places.empty()) {
        const auto& place = before->places[index_before[entry.rule.value]];
        if (place != nullptr) next->put(i, place);
      }
    } else {
      next->put(i, std::make_shared<ReservoirPlace>());
    }
    if (by_targets && fetched && (!kept.reservoir || entry.rule.value >= known_names)) {
      entry.reservoir->start(*fetched, 1, *next->choices);
    }
  }
  if (by_targets) {
    next->ever_fetched = fetched || (before != nullptr && before->ever_fetched);
    if (fetched) {
      next->usable_until =
          last_instant_of_rules(*fetched, choices.stale_rules, next->choices->clock);
    } else if (before != nullptr) {
      next->usable_until = before->usable_until;
    }
    next->assign();
  }
  return next;
}

void SamplerState::make_ready() {
  retired_.reserve(retired_.size() + 1);
  for (DeciderSeat* seat : seats_) {
    const std::size_t in_use = seat->counters_.size();
    if (seat->spare_.size() <= in_use) seat->spare_ = CounterStripe();  // what it has grown out of
    if (std::max(in_use, seat->spare_.size()) < named_rules_.size()) {
      seat->spare_ = CounterStripe(named_rules_.size());
    }
  }
}

void SamplerState::put_in_force(std::shared_ptr<const Snapshot> next) noexcept {
  std::erase_if(retired_, [](const auto& snapshot) { return snapshot.use_count() == 1; });
  if (snapshot_) retired_.push_back(std::move(snapshot_));
  snapshot_ = std::move(next);
  version_.fetch_add(1, std::memory_order_release);
}

void SamplerState::swap_rules(RuleSet rules, std::optional<TimePoint> fetched) {
  const std::lock_guard lock(mutex_);
  // A name that is known and unused harms nobody if memory runs out after it.
  std::shared_ptr<Snapshot> next = snapshot_of(std::move(rules), fetched);
  next->rules_number = snapshot_ ? snapshot_->rules_number + 1 : 0;
  make_ready();
  put_in_force(std::move(next));
}

void SamplerState::apply_targets(std::span<const SamplingTarget> targets, TimePoint now) {
  const std::lock_guard lock(mutex_);
  if (snapshot_->sampling != Sampling::targets) return;
  auto next = std::make_shared<Snapshot>(*snapshot_);
  const QuotaChoices& choices = next->rules.recorder().quota;
  std::vector<const SamplingTarget*> of_rules(next->entries.size(), nullptr);
  for (const SamplingTarget& target : targets) {
    const auto known = ids_.find(target.rule_name);
    if (known == ids_.end()) continue;
    for (RuleIndex i = 0; i < next->entries.size(); ++i) {
      if (next->entries[i].rule == known->second) of_rules[i] = &target;
    }
  }
  for (RuleIndex i = 0; i < of_rules.size(); ++i) {
    if (of_rules[i] == nullptr) continue;
    RuleQuota& quota = next->quotas[i];
    quota.apply(*of_rules[i], choices, next->choices->clock);
    if (choices.target_reservoir == TargetReservoir::goes_on) continue;
    next->put(i, std::make_shared<ReservoirPlace>());
    next->entries[i].reservoir->start(now, quota.quota.value_or(0), *next->choices);
  }
  next->assign();
  make_ready();
  put_in_force(std::move(next));
}

RuleSet SamplerState::rules() const {
  const std::lock_guard lock(mutex_);
  return snapshot_->rules;
}

RuleId SamplerState::rule_id(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto known = ids_.find(name);
  return known == ids_.end() ? kNoRule : known->second;
}

std::string SamplerState::rule_name(RuleId rule) const {
  const std::lock_guard lock(mutex_);
  return rule.value < named_rules_.size() ? named_rules_[rule.value].name : std::string();
}

SamplerState::Counts SamplerState::counted(RuleId rule) const {
  Counts sum = named_rules_[rule.value].departed;
  for (const DeciderSeat* seat : seats_) {
    if (rule.value >= seat->counters_.size()) continue;
    const RuleCounters& counters = seat->counters_[rule];
    sum.requests += counters.requests.load(std::memory_order_relaxed);
    sum.sampled += counters.sampled.load(std::memory_order_relaxed);
    sum.borrowed += counters.borrowed.load(std::memory_order_relaxed);
  }
  return sum;
}

std::vector<RuleStatistics> SamplerState::take_statistics(TimePoint now) {
  const std::lock_guard lock(mutex_);
  std::vector<bool> in_force(named_rules_.size());
  std::vector<RuleId> order;
  for (RuleIndex i = 0; i < snapshot_->entries.size(); ++i) {
    // A stand-in decides nothing where there is a fallback, which counts nothing.
    if (fallback_ && snapshot_->rules.is_stand_in(i)) continue;
    in_force[snapshot_->entries[i].rule.value] = true;
    order.push_back(snapshot_->entries[i].rule);
  }
  for (std::uint32_t id = 0; id < named_rules_.size(); ++id) {
    if (!in_force[id]) order.push_back(RuleId{id});
  }

  // Nothing is taken before all of the report is there: it may run out of memory.
  std::vector<Counts> sums;
  sums.reserve(order.size());
  std::vector<RuleStatistics> report;
  for (const RuleId rule : order) {
    const NamedRule& named = named_rules_[rule.value];
    const Counts sum = counted(rule);
    sums.push_back(sum);
    const Counts since{sum.requests - named.reported.requests, sum.sampled - named.reported.sampled,
                       sum.borrowed - named.reported.borrowed};
    // A decision made this moment may show in one count before the other.
    const bool idle = since.requests + since.sampled + since.borrowed == 0;
    if (in_force[rule.value] || !idle) {
      report.push_back({rule, named.name, since.requests, since.sampled, since.borrowed, now});
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) named_rules_[order[i].value].reported = sums[i];
  return report;
}

}  // namespace dosimeter::detail
