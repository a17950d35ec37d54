#include "engine/src/sampler_state.h"

#include <algorithm>

namespace dosimeter::detail {

SamplerState::SamplerState(RuleSet rules, SamplerOptions options) : quota_source_(options.quotas) {
  if (quota_source_ == QuotaSource::targets) {
    fallback_.emplace(std::move(options.fallback), rules.recorder(),
                      options.began ? options.began : options.rules_fetched);
    fallback_->set_rule(id_of(std::string(kLocalSamplerName)));
  }
  const bool is_local = rules.kind() == RuleKind::local;
  swap_rules(std::move(rules), is_local ? options.began : options.rules_fetched);
}

RuleId SamplerState::id_of(const std::string& name) {
  if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
  const RuleId next{static_cast<std::uint32_t>(named_rules_.size())};
  std::map<std::string, RuleId, std::less<>> entry = {{name, next}};
  named_rules_.emplace_back(name);
  ids_.merge(entry);  // cannot run out of memory: the node is there
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
  std::vector<const SamplingTarget*> of_names(named_rules_.size(), nullptr);
  for (const SamplingTarget& target : targets) {
    const auto known = ids_.find(target.rule_name);
    if (known != ids_.end()) of_names[known->second.value] = &target;
  }
  for (RuleIndex i = 0; i < next->entries.size(); ++i) {
    const SamplingTarget* target = of_names[next->entries[i].rule.value];
    if (target == nullptr) continue;
    RuleQuota& quota = next->quotas[i];
    quota.apply(*target, choices, next->choices->clock, next->rules.rules()[i].fixed_rate(), now);
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
    if (snapshot_->sampling == Sampling::targets && snapshot_->rules.is_stand_in(i)) continue;
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
