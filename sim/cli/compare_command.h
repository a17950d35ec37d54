#pragma once

#include <dosimeter/result.h>

#include "sim/cli/console.h"
#include "sim/failure.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// Replays logs under two recorders and says which requests change rule, and why. `arguments` are
/// those behind `simulate compare`.
[[nodiscard]] Result<ExitCode, Failure> compare_command(std::span<const std::string> arguments,
                                                        Console& console);

}  // namespace dosimeter::sim
