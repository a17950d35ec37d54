#include "sim/cli/inspect_options.h"

#include "sim/cli/command_line.h"
#include "sim/cli/option_value.h"

namespace dosimeter::sim {
namespace {

constexpr const char* kHelp = "simulate inspect --help";
constexpr std::uint64_t kMostShownRows = 1000;

void declare(CommandLine& line, InspectOptions& options) {
  declare_input_options(line, options);
  line.one("--recorder", options.recorder);
  line.one("--rows", options.rows);
}

}  // namespace

Result<InspectOptions, Failure> parse_inspect_options(std::span<const std::string> arguments) {
  InspectOptions options;
  CommandLine line(kHelp);
  declare(line, options);
  if (auto failure = line.parse(arguments)) return *std::move(failure);
  return options;
}

std::vector<std::string> inspect_option_names() {
  InspectOptions options;
  CommandLine line(kHelp);
  declare(line, options);
  return line.long_names();
}

Result<InspectSettings, Failure> InspectSettings::from_options(const InspectOptions& options) {
  InspectSettings settings;
  if (options.recorder) {
    auto recorder = recorder_option("--recorder", *options.recorder);
    if (!recorder) return recorder.error();
    settings.recorder = *recorder.value();
  }
  if (options.rows) {
    auto rows = whole_option("--rows", *options.rows, 0, kMostShownRows);
    if (!rows) return rows.error();
    settings.shown_rows = static_cast<std::size_t>(rows.value());
  }
  // Last, because it may read a file.
  auto shared = SharedSettings::from_options(options);
  if (!shared) return shared.error();
  static_cast<SharedSettings&>(settings) = std::move(shared).value();
  return settings;
}

}  // namespace dosimeter::sim
