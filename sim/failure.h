#pragma once

#include "sim/exit_code.h"

#include <string>

namespace dosimeter::sim {

/// What ends a run: the exit code and one line for stderr (without the `simulate: ` in front).
struct Failure {
  ExitCode code;
  std::string message;
};

/// The system's sentence for an `errno`, with a small letter in front as all our messages have.
[[nodiscard]] std::string system_message(int error);

}  // namespace dosimeter::sim
