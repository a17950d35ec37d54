#pragma once

#include "sim/report/report.h"

#include <vector>

namespace dosimeter::sim {

/// For every rule with a SamplingRateBoost, under a recorder that boosts: the most that boosts can
/// add. A boost lasts a minute at most and comes once in a cooldown window at most. At worst boosts
/// meet the busiest seconds, of every hour no more than an hour's boosts cover and of the log no
/// more than the log's; each of their requests is then kept with the difference of the rates.
[[nodiscard]] std::vector<BoostBound> boost_bounds(const Report& report);

}  // namespace dosimeter::sim
