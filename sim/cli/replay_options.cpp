#include "sim/cli/replay_options.h"

#include "sim/cli/command_line.h"

namespace dosimeter::sim {
namespace {

void declare(CommandLine& line, ReplayOptions& options) {
  line.several("--rules", options.rules);
  line.several("--log", options.logs);
  line.one("--recorder", options.recorder);
  line.several("--map", options.maps);
  line.one("--service", options.service);
  line.one("--host", options.host);
  line.one("--dynamic-naming", options.dynamic_naming);
  line.one("--base-path", options.base_path);
  line.one("--from", options.from);
  line.one("--to", options.to);
  line.flag("--strict", options.strict);
  line.one("--reorder-memory", options.reorder_memory);
  line.one("--confidence", options.confidence);
  line.one("--prices", options.prices);
  line.one("--free-tier-used", options.free_tier_used);
  line.one("--month-hours", options.month_hours);
  line.one("--format", options.format);
  line.one("--output", options.output);
  line.flag("-h,--help", options.help);
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
