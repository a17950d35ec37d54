#pragma once

#include <dosimeter/result.h>

#include "sim/cli/console.h"
#include "sim/cli/replay_options.h"
#include "sim/failure.h"

namespace dosimeter::sim {

/// `simulate --rules FILE --log FILE`: replays and reports. All options are checked before any file
/// is read, all files before the work begins.
[[nodiscard]] Result<ExitCode, Failure> replay_command(const ReplayOptions& options,
                                                       Console& console);

}  // namespace dosimeter::sim
