#include "sim/cli/compare_command.h"

namespace dosimeter::sim {

Result<ExitCode, Failure> compare_command(std::span<const std::string> /*arguments*/,
                                          Console& /*console*/) {
  return Failure{ExitCode::usage, "compare is being written"};
}

}  // namespace dosimeter::sim
