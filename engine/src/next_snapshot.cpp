#include "engine/src/sampler_state.h"

/// The snapshot that follows on another when rules are swapped.
namespace dosimeter::detail {
namespace {

/// The rules in force until now, by the number of their name.
class RulesBefore {
 public:
  RulesBefore(const Snapshot* snapshot, std::size_t names) : snapshot_(snapshot), index_(names) {
    if (snapshot == nullptr) return;
    for (RuleIndex i = 0; i < snapshot->entries.size(); ++i) {
      index_[snapshot->entries[i].rule.value] = i;
    }
  }

  [[nodiscard]] std::optional<RuleIndex> index(RuleId id) const {
    return id.value < index_.size() ? index_[id.value] : std::nullopt;
  }
  /// nullptr where the name was not in force.
  [[nodiscard]] const Rule* rule(RuleId id) const {
    const auto at = index(id);
    return at ? &snapshot_->rules.rules()[*at] : nullptr;
  }
  [[nodiscard]] const RuleQuota* quota(RuleId id) const {
    const auto at = index(id);
    return at && snapshot_->sampling == Sampling::targets ? &snapshot_->quotas[*at] : nullptr;
  }
  /// The reservoir in place of the one that the rule began with, if there is one.
  [[nodiscard]] std::shared_ptr<ReservoirPlace> place(RuleId id) const {
    const auto at = index(id);
    return at && !snapshot_->places.empty() ? snapshot_->places[*at] : nullptr;
  }
  [[nodiscard]] bool are_spent_like(const Snapshot& next) const {
    return snapshot_ != nullptr && snapshot_->spending() == next.spending();
  }
  [[nodiscard]] bool are(const RuleSet& rules, const std::vector<Snapshot::Entry>& entries) const {
    if (snapshot_ == nullptr || snapshot_->entries.size() != entries.size()) return false;
    for (RuleIndex i = 0; i < entries.size(); ++i) {
      const Rule* before = rule(entries[i].rule);
      const Rule& after = rules.rules()[i];
      if (before == nullptr || !same_but_for_rate(*before, after) ||
          before->fixed_rate() != after.fixed_rate()) {
        return false;
      }
    }
    return true;
  }

 private:
  const Snapshot* snapshot_;
  std::vector<std::optional<RuleIndex>> index_;
};

/// What is known of a rule beside its definition, when that is fetched anew.
RuleQuota quota_after(const RuleQuota* before, const Rule& rule, const Kept& kept) {
  RuleQuota quota(rule);
  if (before == nullptr || !kept.quota) return quota;
  RuleQuota goes_on = *before;
  if (!kept.rate) {
    goes_on.rate = quota.rate;
    goes_on.has_reservoir = quota.has_reservoir;
  }
  return goes_on;
}

}  // namespace

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
  const bool by_targets = sampling == Sampling::targets;
  const QuotaChoices& choices = next->rules.recorder().quota;
  const RulesBefore before(snapshot_.get(), named_rules_.size());
  for (const Rule& rule : next->rules.rules()) {
    const RuleId id = id_of(rule.name());
    next->entries.push_back({&named_rules_[id.value].reservoir, id, rule.reservoir_size(),
                             drawn_share(rule.fixed_rate(), next->choices->draw)});
  }
  const bool some_rule_changed = !before.are(next->rules, next->entries);

  for (RuleIndex i = 0; i < next->entries.size(); ++i) {
    const RuleId id = next->entries[i].rule;
    const Rule& rule = next->rules.rules()[i];
    const Rule* old = before.rule(id);
    const RuleQuota* old_quota = before.quota(id);
    Kept kept{!by_targets, false, false};
    if (by_targets && old != nullptr) {
      const Rate rate = old_quota != nullptr ? old_quota->rate : old->fixed_rate();
      kept = kept_of(*old, rule, rate, choices.refresh_keeps, some_rule_changed);
    }
    if (by_targets) next->quotas.push_back(quota_after(old_quota, rule, kept));

    // Words mean one thing to one recorder and another to the next: never the same for both.
    NamedRule& named = named_rules_[id.value];
    const bool fresh = !named.spent;
    if (fresh) named.spent = next->spending();
    const bool goes_on = kept.reservoir && old != nullptr && before.are_spent_like(*next);
    if (goes_on) {
      if (auto place = before.place(id)) next->put(i, std::move(place));
      continue;
    }
    const bool as_it_began = fresh || (kept.reservoir && *named.spent == next->spending());
    if (!as_it_began) next->put(i, std::make_shared<ReservoirPlace>());
    const bool is_local = next->rules.kind() == RuleKind::local;
    if (fetched && (by_targets || is_local)) {
      next->entries[i].reservoir->start(*fetched, is_local ? rule.reservoir_size() : 1,
                                        *next->choices);
    }
  }

  if (by_targets) {
    next->ever_fetched = fetched || (snapshot_ && snapshot_->ever_fetched);
    if (fetched) {
      next->usable_until =
          last_instant_of_rules(*fetched, choices.stale_rules, next->choices->clock);
    } else if (snapshot_) {
      next->usable_until = snapshot_->usable_until;
    }
    next->assign();
  }
  return next;
}

}  // namespace dosimeter::detail
