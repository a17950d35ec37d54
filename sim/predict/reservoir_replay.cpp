#include "sim/predict/reservoir_replay.h"

#include <dosimeter/reservoir.h>

#include "sim/predict/seeded_numbers.h"

#include <cstddef>

namespace dosimeter::sim {

std::vector<CountedTakes> replay_reservoirs(const ReplayedFleet& fleet,
                                            const ReservoirChoices& choices,
                                            const ReservoirSizes& sizes, RuleIndex default_rule,
                                            bool borrows) {
  const std::size_t instances = static_cast<std::size_t>(fleet.instances);
  std::vector<Reservoir> reservoirs(sizes.size() * instances);
  std::vector<CountedTakes> counts(sizes.size());
  SeededNumbers numbers(fleet.routing_seed.value_or(0), 0);
  const bool drained_by_all = choices.default_reservoir == DefaultReservoir::drained_by_all;
  const bool consults = choices.decided_upstream == DecidedUpstream::consults_rules;
  const auto take = [&](RuleIndex rule, std::size_t instance, TimePoint time) {
    Reservoir& reservoir = reservoirs[rule * instances + instance];
    const std::uint32_t size = sizes[rule][instance];
    return borrows ? size > 0 && reservoir.borrow(time, choices)
                   : reservoir.take(time, size, choices);
  };
  for_each_request(fleet.arrivals, fleet.placement, [&](const Arrival& arrival, TimePoint time) {
    // A recorder that does not put them to the rules never sees these.
    if (!arrival.decides && !consults) return;
    const std::size_t instance = fleet.instance_of(arrival, numbers);
    if (drained_by_all && arrival.rule != default_rule) {
      static_cast<void>(take(default_rule, instance, time));
    }
    const bool taken = take(arrival.rule, instance, time);
    if (!arrival.decides) return;
    CountedTakes& counted = counts[arrival.rule];
    ++(taken ? counted.taken : counted.refused);
    if (taken && borrows) ++counted.borrowed;
  });
  return counts;
}

}  // namespace dosimeter::sim
