#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>

#include "sim/predict/reservoir_takes.h"
#include "sim/replay/arrivals.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// What became of a rule's requests in one replay; requests that upstream had decided are in none
/// of these.
struct CountedTakes {
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;
  /// Of `taken`.
  std::uint64_t borrowed = 0;
};

/// Requests and the instances they meet.
struct ReplayedFleet {
  /// In the order of time.
  std::span<const Arrival> arrivals;
  StampPlacement placement = StampPlacement::start;
  std::uint64_t instances = 1;
  /// Of the routing of each request to any instance alike; nothing where it is as the arrivals say.
  std::optional<std::uint64_t> routing_seed;
};

/// The size of each rule's reservoir in each instance: [rule][instance].
using ReservoirSizes = std::vector<std::vector<std::uint32_t>>;

/// Puts every request to the reservoir of its rule in its instance, which does with it as the
/// recorder's would. By RuleIndex. Linear in the requests. REQUIRES: `sizes` for every rule and
/// instance.
[[nodiscard]] std::vector<CountedTakes> replay_reservoirs(const ReplayedFleet& fleet,
                                                          const ReservoirChoices& choices,
                                                          const ReservoirSizes& sizes,
                                                          RuleIndex default_rule);

}  // namespace dosimeter::sim
