#include "sim/cli/shared_options.h"

#include "sim/log/byte_source.h"

#include <algorithm>

namespace dosimeter::sim {

void declare_input_options(CommandLine& line, SharedOptions& options) {
  line.several("--rules", options.rules);
  line.several("--log", options.logs);
  line.one("--log-format", options.log_format);
  line.one("--tz", options.tz);
  line.several("--map", options.maps);
  line.one("--service", options.service);
  line.one("--host", options.host);
  line.one("--dynamic-naming", options.dynamic_naming);
  line.one("--base-path", options.base_path);
  line.repeated("--rewrite", options.rewrites);
  line.one("--from", options.from);
  line.one("--to", options.to);
  line.repeated("--where", options.where);
  line.one("--threads", options.threads);
  line.one("--format", options.format);
  line.one("--output", options.output);
  line.flag("-h,--help", options.help);
}

void declare_shared_options(CommandLine& line, SharedOptions& options) {
  declare_input_options(line, options);
  line.one("--sample-of", options.sample_of);
  line.one("--scale-traffic", options.scale_traffic);
  line.flag("--strict", options.strict);
  line.one("--reorder-memory", options.reorder_memory);
  line.one("--mode", options.mode);
  line.one("--instances", options.instances);
  line.one("--instance-column", options.instance_column);
  line.one("--allocation", options.allocation);
  line.flag("--startup", options.startup);
  line.one("--seed", options.seed);
  line.one("--confidence", options.confidence);
  line.one("--prices", options.prices);
  line.one("--free-tier-used", options.free_tier_used);
  line.one("--month-hours", options.month_hours);
}

std::vector<std::string> input_paths(const SharedOptions& options,
                                     const std::vector<std::string>& logs) {
  std::vector<std::string> paths = options.rules;
  paths.insert(paths.end(), logs.begin(), logs.end());
  if (options.prices) paths.push_back(*options.prices);
  return paths;
}

std::optional<Failure> check_inputs(const SharedOptions& options, const std::string& help) {
  if (options.logs.empty()) {
    return Failure{ExitCode::usage, "--log is missing: name a request log, or see " + help};
  }
  const std::vector<std::string> paths = input_paths(options, options.logs);
  if (std::count(paths.begin(), paths.end(), kStandardInput) > 1) {
    return Failure{ExitCode::usage, "standard input can be read once, got - more than once"};
  }
  for (auto log = options.logs.begin(); log != options.logs.end(); ++log) {
    if (std::find(options.logs.begin(), log, *log) == log) continue;
    return Failure{ExitCode::usage,
                   "--log must name a file once, got " + name_in_sentence(*log) + " twice"};
  }
  return std::nullopt;
}

std::vector<std::string> shown_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const std::string& path : paths) names.push_back(name_in_place(path));
  return names;
}

}  // namespace dosimeter::sim
