#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>
#include <dosimeter/time_point.h>

#include "tests/oracle/linear_twin.h"
#include "tests/oracle/reservoir_twins.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
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
  DecisionTwin(const Recorder& recorder, RuleKind kind)
      : sampling_(sampling_twin(recorder.name, kind == RuleKind::local)) {}

  /// `rules` are the rules in force; one that has no rule of its own for a request gives it to
  /// `fallback`, which takes one a second and then 5 %.
  TwinDecision decide(LinearTwin& rules, const std::string& fallback, const Request& request,
                      TimePoint now, double draw) {
    const bool decided = request.upstream != UpstreamDecision::none;
    const bool upstream_samples = request.upstream == UpstreamDecision::sampled;
    TwinDecision made;
    if (!decided || sampling_.asks_all) {
      const RuleSpec* rule = rules.of(request).rule;
      made.rule = rule != nullptr ? rule->name : fallback;
      const double rate = rule != nullptr ? rule->fixed_rate : 0.05;
      const std::int64_t size = rule != nullptr ? rule->reservoir_size : 1;
      const std::int64_t time = now.time_since_epoch().count();
      if (sampling_.drains_default && made.rule != fallback) {
        takes(fallback, time, size_of(rules, fallback));
      }
      if (takes(made.rule, time, sampling_.borrows ? std::min<std::int64_t>(size, 1) : size)) {
        made.sampled = true;
        made.cause = sampling_.borrows ? Cause::borrow : Cause::reservoir;
        made.probability = 1;
      } else {
        made.sampled = sampling_.draw.keeps(draw, rate);
        made.cause = made.sampled ? Cause::rate : Cause::refused_by_rate;
        made.probability = sampling_.draw.chance(rate);
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
  static std::int64_t size_of(const LinearTwin& rules, const std::string& name) {
    for (const RuleSpec& rule : rules.document()) {
      if (rule.name == name) return rule.reservoir_size;
    }
    return 1;
  }

  bool takes(const std::string& rule, std::int64_t now, std::int64_t size) {
    std::unique_ptr<ReservoirTwin>& reservoir = reservoirs_[rule];
    if (!reservoir) reservoir = sampling_.reservoir();
    return reservoir->take(now, size);
  }

  SamplingTwin sampling_;
  std::map<std::string, std::unique_ptr<ReservoirTwin>> reservoirs_;
};

}  // namespace dosimeter::oracle
