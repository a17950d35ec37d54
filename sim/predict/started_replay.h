#pragma once

#include <dosimeter/rule_set.h>

#include "sim/predict/fleet.h"
#include "sim/predict/reservoir_behaviour.h"
#include "sim/predict/reservoir_replay.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// What X-Ray and recorders are taken to do while they run: rules are there at an instance's first
/// request and fetched anew every five minutes; targets are asked for every ten seconds after that
/// first request, for the rules that had any since; each brings the instance's share, good for five
/// minutes (recorders' sources; "Using the X-Ray API", on ReservoirQuotaTTL).
inline constexpr std::chrono::seconds kTargetPoll{10};
inline constexpr std::chrono::seconds kRulePoll{300};
inline constexpr std::chrono::seconds kQuotaLife{300};

/// Puts every request to a Sampler of its instance, which begins with its first request without any
/// quota. With `sizes` as the quotas that targets bring; under borrow_only they bring none. By
/// RuleIndex; what is borrowed is counted apart, too. REQUIRES: central rules.
[[nodiscard]] std::vector<CountedTakes> replay_started(const ReplayedFleet& fleet,
                                                       const RuleSet& rules,
                                                       const ReservoirBehaviour& behaviour,
                                                       const ReservoirSizes& sizes,
                                                       Allocation allocation);

}  // namespace dosimeter::sim
