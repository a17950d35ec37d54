#include "engine/src/draw.h"
#include "engine/src/sampler_state.h"

namespace dosimeter::detail {
namespace {

Decision by_upstream(RuleId rule, bool sampled) noexcept {
  return {rule, sampled, Cause::upstream, sampled ? 1.0 : 0.0};
}

}  // namespace

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
  const bool new_rules = snapshot_->rules_number != state_->snapshot_->rules_number;
  // Never the last owners of the old one: that is retired.
  snapshot_ = state_->snapshot_;
  if (new_rules) matcher_.set_rules(snapshot_->rules);
  if (spare_.size() > counters_.size()) {
    spare_.copy_from(counters_);
    std::swap(counters_, spare_);
  }
}

Decision DeciderSeat::decide(const Request& request, TimePoint now, double draw) noexcept {
  if (version_ != state_->version_.load(std::memory_order_acquire)) [[unlikely]] {
    follow_rules();
  }
  if (request.upstream != UpstreamDecision::none) [[unlikely]] {
    return decide_after_upstream(request, now, draw);
  }
  return decide_anew(request, now, draw);
}

/// Whatever the caller upstream has decided.
[[gnu::always_inline]] inline Decision DeciderSeat::decide_anew(const Request& request,
                                                                TimePoint now,
                                                                double draw) noexcept {
  const Snapshot& snapshot = *snapshot_;
  if (snapshot.sampling != Sampling::whole_reservoirs) [[unlikely]] {
    return decide_otherwise(request, now, draw);
  }
  const ReservoirChoices& choices = *snapshot.choices;
  const Snapshot::Entry& entry = snapshot.entries[matcher_.match(request)];
  RuleCounters& counters = counters_[entry.rule];
  count_one(counters.requests);
  if (entry.reservoir->take(now, entry.reservoir_size, choices)) {
    count_one(counters.sampled);
    return {entry.rule, true, Cause::reservoir, 1.0};
  }
  const Decision decision = decided_by_draw(entry.rule, draw, entry.fixed_rate, choices.draw);
  if (decision.sampled) count_one(counters.sampled);
  return decision;
}

[[gnu::noinline]] Decision DeciderSeat::decide_after_upstream(const Request& request, TimePoint now,
                                                              double draw) noexcept {
  const bool sampled = request.upstream == UpstreamDecision::sampled;
  const bool bypasses = snapshot_->choices->decided_upstream == DecidedUpstream::bypasses_rules;
  return by_upstream(bypasses ? kNoRule : decide_anew(request, now, draw).rule, sampled);
}

Decision DeciderSeat::decide_otherwise(const Request& request, TimePoint now,
                                       double draw) noexcept {
  const Snapshot& snapshot = *snapshot_;
  if (snapshot.sampling == Sampling::targets) return decide_by_targets(request, now, draw);

  const ReservoirChoices& choices = *snapshot.choices;
  const RuleIndex rule = matcher_.match(request);
  const Snapshot::Entry& entry = snapshot.entries[rule];
  RuleCounters& counters = counters_[entry.rule];
  count_one(counters.requests);
  if (snapshot.sampling == Sampling::borrowed) {
    if (entry.reservoir_size > 0 && entry.reservoir->borrow(now, choices)) {
      count_borrowed(counters);
      return {entry.rule, true, Cause::borrow, 1.0};
    }
  } else {
    if (const RuleIndex by_default = snapshot.rules.fallback_index(); rule != by_default) {
      const Snapshot::Entry& drained = snapshot.entries[by_default];
      static_cast<void>(drained.reservoir->take(now, drained.reservoir_size, choices));
    }
    if (entry.reservoir->take(now, entry.reservoir_size, choices)) {
      count_one(counters.sampled);
      return {entry.rule, true, Cause::reservoir, 1.0};
    }
  }
  const Decision decision = decided_by_draw(entry.rule, draw, entry.fixed_rate, choices.draw);
  if (decision.sampled) count_one(counters.sampled);
  return decision;
}

Decision DeciderSeat::decide_by_targets(const Request& request, TimePoint now,
                                        double draw) noexcept {
  const Snapshot& snapshot = *snapshot_;
  if (!snapshot.ever_fetched || now > snapshot.usable_until) {
    return state_->fallback_->decide(request, now, draw);
  }
  const RuleIndex rule = matcher_.match(request);
  const Snapshot::Assigned& assigned = snapshot.assigned[rule];
  if (assigned.falls_back) return state_->fallback_->decide(request, now, draw);

  const ReservoirChoices& choices = *snapshot.choices;
  const Snapshot::Entry& entry = snapshot.entries[rule];
  RuleCounters& counters = counters_[entry.rule];
  count_one(counters.requests);
  if (assigned.has_quota && now <= assigned.spendable_until) {
    if (entry.reservoir->take_quota(now, assigned.quota, choices)) {
      count_one(counters.sampled);
      return {entry.rule, true, Cause::reservoir, 1.0};
    }
  } else if (assigned.borrows) {
    if (entry.reservoir->borrow(now, choices)) {
      count_borrowed(counters);
      return {entry.rule, true, Cause::borrow, 1.0};
    }
  } else if (choices.backward_clock == BackwardClock::restarts_window) {
    // Nothing is to be had, but the second is noted: coming back to an earlier one starts it anew.
    static_cast<void>(entry.reservoir->take_quota(now, 0, choices));
  }
  const double share = now < assigned.boosted_before ? assigned.boosted_rate : entry.fixed_rate;
  const Decision decision = decided_by_draw(entry.rule, draw, share, choices.draw);
  if (decision.sampled) count_one(counters.sampled);
  return decision;
}

void DeciderSeat::count_borrowed(RuleCounters& counters) noexcept {
  count_one(counters.borrowed);
  if (snapshot_->rules.recorder().quota.borrowed_count == BorrowedCount::as_borrowed_and_sampled) {
    count_one(counters.sampled);
  }
}

}  // namespace dosimeter::detail
