#include "engine/src/fallback_sampler.h"

#include "engine/src/draw.h"

#include <utility>

namespace dosimeter::detail {

FallbackSampler::FallbackSampler(std::optional<RuleSet> local_rules, const Recorder& recorder,
                                 std::optional<TimePoint> began)
    : rules_(recorder.local ? std::move(local_rules) : std::nullopt),
      choices_(rules_ ? rules_->recorder().reservoirs(RuleKind::local)
                      : recorder.reservoirs(RuleKind::local)),
      borrows_(!recorder.local) {
  if (rules_) {
    for (const Rule& rule : rules_->rules()) {
      places_.emplace_back(rule.reservoir_size(), drawn_share(rule.fixed_rate(), choices_.draw));
    }
  } else {
    const Rule shipped = Rule::shipped_default(kLocalSamplerName);
    places_.emplace_back(shipped.reservoir_size(),
                         drawn_share(shipped.fixed_rate(), choices_.draw));
  }
  if (!began) return;
  for (Place& place : places_) place.reservoir.start(*began, place.size, choices_);
}

Decision FallbackSampler::decide(const Request& request, TimePoint now, double draw) noexcept {
  std::size_t at = 0;
  if (rules_) {
    MatchScratch scratch;
    at = rules_->match(request, scratch);
    const std::size_t default_at = rules_->fallback_index();
    if (choices_.default_reservoir == DefaultReservoir::drained_by_all && at != default_at) {
      Place& drained = places_[default_at];
      static_cast<void>(drained.reservoir.take(now, drained.size, choices_));
    }
  }
  Place& place = places_[at];
  const bool taken = borrows_ ? place.reservoir.borrow(now, choices_)
                              : place.reservoir.take(now, place.size, choices_);
  if (taken) return {rule_, true, Cause::reservoir, 1.0};
  return decided_by_draw(rule_, draw, place.share, choices_.draw);
}

}  // namespace dosimeter::detail
