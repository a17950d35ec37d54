#include "sim/cli/compare_options.h"

#include "sim/cli/command_line.h"
#include "sim/cli/option_value.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>

namespace dosimeter::sim {
namespace {

constexpr const char* kHelp = "simulate compare --help";

void declare(CommandLine& line, CompareOptions& options) {
  declare_shared_options(line, options);
  line.repeated("--recorder", options.recorders);
}

}  // namespace

Result<CompareOptions, Failure> parse_compare_options(std::span<const std::string> arguments) {
  CompareOptions options;
  CommandLine line(kHelp);
  declare(line, options);
  if (auto failure = line.parse(arguments)) return *std::move(failure);
  return options;
}

std::vector<std::string> compare_option_names() {
  CompareOptions options;
  CommandLine line(kHelp);
  declare(line, options);
  return line.long_names();
}

Result<CompareSettings, Failure> CompareSettings::from_options(const CompareOptions& options) {
  const std::vector<std::string>& names = options.recorders;
  if (names.size() != 2) {
    return Failure{
        ExitCode::usage,
        names.empty()
            ? "--recorder is missing: name the two recorders to compare, or "
              "see simulate compare --help"
            : fmt::format("--recorder must be given twice, once for each "
                          "recorder to compare, got it {}",
                          names.size() == 1 ? "once" : fmt::format("{} times", names.size()))};
  }
  CompareSettings settings;
  for (const auto& [name, recorder] :
       {std::pair(&names[0], &settings.a), {&names[1], &settings.b}}) {
    auto found = recorder_option("--recorder", *name);
    if (!found) return found.error();
    *recorder = *found.value();
  }
  if (settings.a.name == settings.b.name) {
    return Failure{ExitCode::usage, "--recorder must name two different recorders, got " +
                                        in_quotes(names[0], kShownBytes) + " twice"};
  }
  // Last, because it may read a file.
  auto shared = SharedSettings::from_options(options);
  if (!shared) return shared.error();
  static_cast<SharedSettings&>(settings) = std::move(shared).value();
  return settings;
}

}  // namespace dosimeter::sim
