#include <dosimeter/sampler.h>

#include "engine/src/sampler_state.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace dosimeter {

Decider::Decider(std::unique_ptr<detail::DeciderSeat> seat) : seat_(std::move(seat)) {}
Decider::Decider(Decider&&) noexcept = default;
Decider& Decider::operator=(Decider&&) noexcept = default;
Decider::~Decider() = default;

Decision Decider::decide(const Request& request, TimePoint now, double draw) noexcept {
  return seat_->decide(request, now, draw);
}

/// Seats for callers without a Decider. A thread begins to look at a place of its own, so that
/// threads seldom meet.
class Sampler::DeciderPool {
 public:
  DeciderPool(const std::shared_ptr<detail::SamplerState>& state, std::size_t deciders)
      : places_(std::max<std::size_t>(deciders, 1)) {
    for (Place& place : places_) place.seat = std::make_unique<detail::DeciderSeat>(state);
  }

  Decision decide(const Request& request, TimePoint now, double draw) noexcept {
    const std::size_t first = std::hash<std::thread::id>{}(std::this_thread::get_id());
    for (std::size_t tries = 0;; ++tries) {
      Place& place = places_[(first + tries) % places_.size()];
      if (!place.busy.test_and_set(std::memory_order_acquire)) {
        const Decision decision = place.seat->decide(request, now, draw);
        place.busy.clear(std::memory_order_release);
        return decision;
      }
      if (tries % places_.size() == places_.size() - 1) std::this_thread::yield();
    }
  }

 private:
  struct alignas(64) Place {
    std::atomic_flag busy;
    std::unique_ptr<detail::DeciderSeat> seat;
  };
  std::vector<Place> places_;
};

Sampler::Sampler(RuleSet rules, SamplerOptions options)
    : state_(std::make_shared<detail::SamplerState>(std::move(rules), options)),
      pool_(std::make_unique<DeciderPool>(state_, options.own_deciders)) {}
Sampler::~Sampler() = default;

Decider Sampler::decider() {
  return Decider(std::make_unique<detail::DeciderSeat>(state_));
}

Decision Sampler::decide(const Request& request, TimePoint now, double draw) noexcept {
  return pool_->decide(request, now, draw);
}

void Sampler::swap_rules(RuleSet rules) {
  state_->swap_rules(std::move(rules), std::nullopt);
}
void Sampler::swap_rules(RuleSet rules, TimePoint fetched) {
  state_->swap_rules(std::move(rules), fetched);
}
void Sampler::apply_targets(std::span<const SamplingTarget> targets, TimePoint now) {
  state_->apply_targets(targets, now);
}
RuleSet Sampler::rules() const {
  return state_->rules();
}
RuleId Sampler::rule_id(std::string_view name) const {
  return state_->rule_id(name);
}
std::string Sampler::rule_name(RuleId rule) const {
  return state_->rule_name(rule);
}
std::vector<RuleStatistics> Sampler::take_statistics(TimePoint now) {
  return state_->take_statistics(now);
}

}  // namespace dosimeter
