#pragma once

#include <dosimeter/result.h>

#include "sim/cli/console.h"
#include "sim/failure.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// Says which rule a request has, and why. `arguments` are those behind `simulate explain`.
[[nodiscard]] Result<ExitCode, Failure> explain_command(std::span<const std::string> arguments,
                                                        Console& console);

}  // namespace dosimeter::sim
