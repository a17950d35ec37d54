#include "engine/src/snapshot.h"

#include <utility>

namespace dosimeter::detail {

Snapshot::Snapshot(RuleSet rules_in_force, Sampling how)
    : rules(std::move(rules_in_force)),
      choices(&rules.recorder().reservoirs(rules.kind())),
      sampling(how) {}

void Snapshot::assign() {
  const Recorder& recorder = rules.recorder();
  const QuotaChoices& choice = recorder.quota;
  assigned.clear();
  assigned.reserve(entries.size());
  for (RuleIndex rule = 0; rule < entries.size(); ++rule) {
    const RuleQuota& quota = quotas[rule];
    entries[rule].fixed_rate = drawn_share(quota.rate, choices->draw);
    Assigned of_rule{};
    of_rule.falls_back = rules.is_stand_in(rule);
    of_rule.borrows = quota.has_reservoir &&
                      (choice.borrowing == Borrowing::whenever_without_quota || !quota.had_target);
    // A lazy bucket of a rule without a reservoir pays out nothing, whatever the quota.
    of_rule.has_quota = choice.use == QuotaUse::used && quota.quota && quota.spendable_until &&
                        (quota.has_reservoir || choices->window != ReservoirWindow::lazy_bucket);
    if (of_rule.has_quota) {
      of_rule.quota = *quota.quota;
      of_rule.spendable_until = *quota.spendable_until;
    }
    of_rule.boosted_before = TimePoint::min();
    if (quota.boosted_rate) {
      of_rule.boosted_rate = drawn_share(*quota.boosted_rate, choices->draw);
      of_rule.boosted_before = quota.boosted_before;
    }
    assigned.push_back(of_rule);
  }
}

void Snapshot::put(RuleIndex rule, std::shared_ptr<ReservoirPlace> place) {
  places.resize(entries.size());
  entries[rule].reservoir = &place->reservoir;
  places[rule] = std::move(place);
}

}  // namespace dosimeter::detail
