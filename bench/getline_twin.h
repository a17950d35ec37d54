#pragma once

#include "bench/scenario.h"

#include <string>
#include <vector>

namespace dosimeter::bench {

/// What the replay is compared with: a CSV log of `write_log` read line by line with getline, split
/// at commas (quotes seen to), put to the rules by `LinearDecider`, and counted by rule, the
/// Default rule last. As a careful programmer writes it in an afternoon.
[[nodiscard]] std::vector<std::uint64_t> count_by_getline(const std::string& path,
                                                          const Scenario& scenario);

}  // namespace dosimeter::bench
