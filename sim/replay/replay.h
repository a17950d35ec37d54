#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/replay/replay_config.h"
#include "sim/replay/replay_result.h"

namespace dosimeter::sim {

/// Puts every request of the logs to the rules and counts.
/// Fails with input_output where a log cannot be read, with usage where its content is wrong: no
/// header that will do, a row that cannot be read where that is strict, more than kMaximumRequests.
[[nodiscard]] Result<ReplayResult, Failure> replay(const ReplayConfig& config,
                                                   const ReplayObserver& observer = {});

}  // namespace dosimeter::sim
