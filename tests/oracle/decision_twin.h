#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>
#include <dosimeter/time_point.h>

#include "tests/oracle/linear_twin.h"

#include <cstdint>
#include <map>
#include <string>

/// A whole decision, from its definition: the rule, its reservoir, the draw. Uses the engine's
/// value types, none of its logic beyond what LinearTwin does.
namespace dosimeter::oracle {

/// A decision with the name of its rule; no name where no rule was asked.
struct TwinDecision {
  std::string rule;
  bool sampled = false;
  Cause cause = Cause::upstream;
  double probability = 0;
};

/// The reservoirs of one Sampler, by the name of their rule.
class DecisionTwin {
 public:
  /// `rules` are the rules in force; one that has no rule of its own for a request gives it to
  /// `fallback`, which takes one a second and then 5 %.
  TwinDecision decide(LinearTwin& rules, const std::string& fallback, const Recorder& recorder,
                      const Request& request, TimePoint now, double draw) {
    const ReservoirChoices& choices = recorder.reservoir;
    const bool decided = request.upstream != UpstreamDecision::none;
    const bool upstream_samples = request.upstream == UpstreamDecision::sampled;
    TwinDecision made;
    if (!decided || choices.decided_upstream == DecidedUpstream::consults_rules) {
      const RuleSpec* rule = rules.of(request).rule;
      made.rule = rule != nullptr ? rule->name : fallback;
      const double rate = rule != nullptr ? rule->fixed_rate : 0.05;
      const std::int64_t size = rule != nullptr ? rule->reservoir_size : 1;
      if (takes(reservoirs_[made.rule], size, second_of(now), choices.backward_clock)) {
        made.sampled = true;
        made.cause = Cause::reservoir;
        made.probability = 1;
      } else {
        made.sampled = choices.draw == DrawComparison::at_most_rate ? draw <= rate : draw < rate;
        made.cause = made.sampled ? Cause::rate : Cause::refused_by_rate;
        made.probability = rate;
      }
    }
    if (decided) {
      made.sampled = upstream_samples;
      made.cause = Cause::upstream;
      made.probability = upstream_samples ? 1 : 0;
    }
    return made;
  }

 private:
  struct Window {
    bool open = false;
    std::int64_t second = 0;
    std::int64_t taken = 0;
  };

  static std::int64_t second_of(TimePoint now) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::int64_t time = now.time_since_epoch().count();
    return time / kSecond - (time % kSecond < 0 ? 1 : 0);
  }

  static bool takes(Window& window, std::int64_t size, std::int64_t second,
                    BackwardClock backward) {
    if (size == 0) return false;
    const bool anew = second > window.second ||
                      (second < window.second && backward == BackwardClock::restarts_window);
    if (!window.open || anew) window = {true, second, 0};
    if (window.taken >= size) return false;
    ++window.taken;
    return true;
  }

  std::map<std::string, Window> reservoirs_;
};

}  // namespace dosimeter::oracle
