#pragma once

#include <dosimeter/result.h>

#include "sim/cli/console.h"
#include "sim/failure.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// Lists the recorders, shows one in full, or checks a local document with each. `arguments` are
/// those behind `simulate recorders`.
[[nodiscard]] Result<ExitCode, Failure> recorders_command(std::span<const std::string> arguments,
                                                          Console& console);

}  // namespace dosimeter::sim
