#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>

#include "sim/predict/reservoir_takes.h"
#include "sim/predict/seeded_numbers.h"
#include "sim/replay/arrivals.h"

#include <cstddef>
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

/// Requests and the instances they meet. One instance has all requests, whatever they say.
struct ReplayedFleet {
  /// In the order of time.
  std::span<const Arrival> arrivals;
  StampPlacement placement = StampPlacement::start;
  std::uint64_t instances = 1;
  /// Of the routing of each request to any instance alike; nothing where it is as the arrivals say.
  std::optional<std::uint64_t> routing_seed;

  /// Where a request goes: the next of `numbers`, if they are needed.
  [[nodiscard]] std::size_t instance_of(const Arrival& arrival,
                                        SeededNumbers& numbers) const noexcept {
    if (instances == 1) return 0;
    return routing_seed ? static_cast<std::size_t>(numbers.below(instances)) : arrival.instance;
  }
};

/// The size of each rule's reservoir in each instance: [rule][instance].
using ReservoirSizes = std::vector<std::vector<std::uint32_t>>;

/// Puts every request to the reservoir of its rule in its instance, which does with it as the
/// recorder's would; where it `borrows` it takes one a second of each that is not empty. By
/// RuleIndex. Linear in the requests. REQUIRES: `sizes` for every rule and instance.
[[nodiscard]] std::vector<CountedTakes> replay_reservoirs(const ReplayedFleet& fleet,
                                                          const ReservoirChoices& choices,
                                                          const ReservoirSizes& sizes,
                                                          RuleIndex default_rule,
                                                          bool borrows = false);

}  // namespace dosimeter::sim
