#pragma once

#include "sim/cli/console.h"
#include "sim/exit_code.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// The whole program: `arguments` without the program's name, what it has to say on `console`.
/// Throws nothing.
[[nodiscard]] ExitCode run(std::span<const std::string> arguments, Console& console) noexcept;

}  // namespace dosimeter::sim
