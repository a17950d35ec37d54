#pragma once

#include <string>

#include "sim/exit_code.h"

namespace dosimeter::sim {

/// What ends a run: the exit code and one line for stderr (without the `simulate: ` in front).
struct Failure {
  ExitCode code;
  std::string message;
};

}  // namespace dosimeter::sim
