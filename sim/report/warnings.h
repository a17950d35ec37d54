#pragma once

#include "sim/report/report.h"

#include <vector>

namespace dosimeter::sim {

/// A log shorter than this is extrapolated with a warning: it does not hold a night, or a morning.
inline constexpr double kShortLogSeconds = 24 * 3600;

/// What a reader has to know of a replay: rows that are not in the figures, fields the log does not
/// have, a month that is guessed from little.
[[nodiscard]] std::vector<Warning> replay_warnings(const RuleSet& rules,
                                                   const ReplayResult& replay);

}  // namespace dosimeter::sim
