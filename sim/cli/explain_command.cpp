#include "sim/cli/explain_command.h"

namespace dosimeter::sim {

Result<ExitCode, Failure> explain_command(std::span<const std::string> /*arguments*/,
                                          Console& /*console*/) {
  return Failure{ExitCode::usage, "explain is being written"};
}

}  // namespace dosimeter::sim
