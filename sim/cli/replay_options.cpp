#include "sim/cli/replay_options.h"

#include "sim/cli/command_line.h"

namespace dosimeter::sim {
namespace {

void declare(CommandLine& line, ReplayOptions& options) {
  declare_shared_options(line, options);
  line.one("--recorder", options.recorder);
  line.repeated("--by", options.by);
  line.flag("--version", options.version);
}

}  // namespace

Result<ReplayOptions, Failure> parse_replay_options(std::span<const std::string> arguments) {
  ReplayOptions options;
  CommandLine line("simulate --help");
  declare(line, options);
  if (auto failure = line.parse(arguments)) return *std::move(failure);
  return options;
}

std::vector<std::string> replay_option_names() {
  ReplayOptions options;
  CommandLine line("simulate --help");
  declare(line, options);
  return line.long_names();
}

}  // namespace dosimeter::sim
