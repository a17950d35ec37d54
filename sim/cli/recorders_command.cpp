#include "sim/cli/recorders_command.h"

namespace dosimeter::sim {

Result<ExitCode, Failure> recorders_command(std::span<const std::string> /*arguments*/,
                                            Console& /*console*/) {
  return Failure{ExitCode::usage, "recorders is being written"};
}

}  // namespace dosimeter::sim
