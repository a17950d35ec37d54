#include "engine/src/sampler_state.h"

#include <algorithm>

namespace dosimeter::detail {

SamplerState::SamplerState(RuleSet rules) {
  swap_rules(std::move(rules));
}

RuleId SamplerState::id_of(const std::string& name) {
  if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
  const RuleId next{static_cast<std::uint32_t>(named_rules_.size())};
  std::map<std::string, RuleId, std::less<>> entry = {{name, next}};
  named_rules_.emplace_back(name);
  ids_.merge(entry);  // cannot run out of memory: the node is there
  return next;
}

void SamplerState::swap_rules(RuleSet rules) {
  const std::lock_guard lock(mutex_);
  // First all that may run out of memory. A name that is known and unused harms nobody.
  std::vector<Snapshot::Entry> entries;
  entries.reserve(rules.rules().size());
  for (const Rule& rule : rules.rules()) {
    const RuleId id = id_of(rule.name());
    entries.push_back(
        {&named_rules_[id.value].reservoir, id, rule.reservoir_size(), rule.fixed_rate().value()});
  }
  auto next = std::make_shared<const Snapshot>(Snapshot{std::move(rules), std::move(entries)});
  retired_.reserve(retired_.size() + 1);
  for (DeciderSeat* seat : seats_) {
    const std::size_t in_use = seat->counters_.size();
    if (seat->spare_.size() <= in_use) seat->spare_ = CounterStripe();  // what it has grown out of
    if (std::max(in_use, seat->spare_.size()) < named_rules_.size()) {
      seat->spare_ = CounterStripe(named_rules_.size());
    }
  }
  // Now all that may not.
  std::erase_if(retired_, [](const auto& snapshot) { return snapshot.use_count() == 1; });
  if (snapshot_) retired_.push_back(std::move(snapshot_));
  snapshot_ = std::move(next);
  version_.fetch_add(1, std::memory_order_release);
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

std::vector<RuleStatistics> SamplerState::take_statistics() {
  const std::lock_guard lock(mutex_);
  std::vector<bool> in_force(named_rules_.size());
  std::vector<RuleId> order;
  for (const Snapshot::Entry& entry : snapshot_->entries) {
    in_force[entry.rule.value] = true;
    order.push_back(entry.rule);
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
      report.push_back({rule, named.name, since.requests, since.sampled, since.borrowed, {}});
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) named_rules_[order[i].value].reported = sums[i];
  return report;
}

DeciderSeat::DeciderSeat(std::shared_ptr<SamplerState> state)
    : state_(std::move(state)), matcher_(state_->rules()) {
  const std::lock_guard lock(state_->mutex_);
  snapshot_ = state_->snapshot_;
  matcher_.set_rules(snapshot_->rules);
  version_ = state_->version_.load(std::memory_order_relaxed);
  counters_ = CounterStripe(state_->named_rules_.size());
  state_->seats_.push_back(this);
}

DeciderSeat::~DeciderSeat() {
  const std::lock_guard lock(state_->mutex_);
  for (std::uint32_t id = 0; id < counters_.size(); ++id) {
    SamplerState::Counts& departed = state_->named_rules_[id].departed;
    const RuleCounters& counters = counters_[RuleId{id}];
    departed.requests += counters.requests.load(std::memory_order_relaxed);
    departed.sampled += counters.sampled.load(std::memory_order_relaxed);
    departed.borrowed += counters.borrowed.load(std::memory_order_relaxed);
  }
  std::erase(state_->seats_, this);
}

void DeciderSeat::follow_rules() noexcept {
  const std::unique_lock lock(state_->mutex_, std::try_to_lock);
  if (!lock) return;
  version_ = state_->version_.load(std::memory_order_relaxed);
  // Never the last owners of the old one: that is retired.
  snapshot_ = state_->snapshot_;
  matcher_.set_rules(snapshot_->rules);
  if (spare_.size() > counters_.size()) {
    spare_.copy_from(counters_);
    std::swap(counters_, spare_);
  }
}

Decision DeciderSeat::decide(const Request& request, TimePoint now, double draw) noexcept {
  if (version_ != state_->version_.load(std::memory_order_acquire)) follow_rules();

  const ReservoirChoices& choices = snapshot_->rules.recorder().reservoir;
  const bool decided_upstream = request.upstream != UpstreamDecision::none;
  const bool upstream_sampled = request.upstream == UpstreamDecision::sampled;
  if (decided_upstream && choices.decided_upstream == DecidedUpstream::bypasses_rules) {
    return {kNoRule, upstream_sampled, Cause::upstream, upstream_sampled ? 1.0 : 0.0};
  }

  const Snapshot::Entry& entry = snapshot_->entries[matcher_.match(request)];
  RuleCounters& counters = counters_[entry.rule];
  count_one(counters.requests);
  Decision decision{entry.rule, true, Cause::reservoir, 1.0};
  if (!entry.reservoir->take(now, entry.reservoir_size, choices)) {
    decision.sampled = choices.draw == DrawComparison::below_rate ? draw < entry.fixed_rate
                                                                  : draw <= entry.fixed_rate;
    decision.cause = decision.sampled ? Cause::rate : Cause::refused_by_rate;
    decision.probability = entry.fixed_rate;
  }
  if (decision.sampled) count_one(counters.sampled);
  if (decided_upstream) {
    return {entry.rule, upstream_sampled, Cause::upstream, upstream_sampled ? 1.0 : 0.0};
  }
  return decision;
}

}  // namespace dosimeter::detail
