#pragma once

#include <dosimeter/result.h>

#include "sim/cli/console.h"
#include "sim/exit_code.h"
#include "sim/failure.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// `simulate inspect`: says what logs hold.
[[nodiscard]] Result<ExitCode, Failure> inspect_command(std::span<const std::string> arguments,
                                                        Console& console);

}  // namespace dosimeter::sim
