#pragma once

#include "sim/report/report.h"

#include <vector>

namespace dosimeter::sim {

/// For every rule with a SamplingRateBoost above its rate, under a recorder that boosts: the most
/// that boosts can add. A boost lasts a minute at most and comes once in a cooldown window at most,
/// so that no more of an hour's seconds are boosted than those minutes hold, and at worst these are
/// its busiest; each of their requests is then kept with the difference of the rates.
[[nodiscard]] std::vector<BoostBound> boost_bounds(const Report& report);

}  // namespace dosimeter::sim
