#include "sim/cli/run.h"

#include <dosimeter/version.h>

#include "sim/cli/compare_command.h"
#include "sim/cli/explain_command.h"
#include "sim/cli/help_text.h"
#include "sim/cli/inspect_command.h"
#include "sim/cli/recorders_command.h"
#include "sim/cli/replay_command.h"
#include "sim/cli/replay_options.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <string_view>
#include <vector>

namespace dosimeter::sim {
namespace {

ExitCode fail(Console& console, const Failure& failure) {
  console.complain(failure.message);
  return failure.code;
}

Result<ExitCode, Failure> replay(std::span<const std::string> arguments, Console& console) {
  auto options = parse_replay_options(arguments);
  if (!options) return options.error();
  if (options.value().help || options.value().version) {
    const std::string text =
        options.value().help ? std::string(kHelpText) : std::string("simulate ") + kVersion + "\n";
    if (auto failure = console.print(text)) return *std::move(failure);
    return ExitCode::done;
  }
  return replay_command(options.value(), console);
}

struct Subcommand {
  std::string_view name;
  Result<ExitCode, Failure> (*run)(std::span<const std::string>, Console&);
};

constexpr std::array<Subcommand, 4> kSubcommands = {{{"compare", compare_command},
                                                     {"explain", explain_command},
                                                     {"inspect", inspect_command},
                                                     {"recorders", recorders_command}}};

Failure unknown_command(const std::string& given) {
  std::vector<std::string_view> names;
  for (const Subcommand& subcommand : kSubcommands) names.push_back(subcommand.name);
  const auto nearest = nearest_name(given, names);
  return {ExitCode::usage,
          "unknown command " + in_quotes(given, kShownBytes) +
              (nearest ? ", did you mean " + std::string(*nearest) + "?"
                       : ": every value belongs to an option, see simulate --help")};
}

ExitCode run_command(std::span<const std::string> arguments, Console& console) {
  const auto subcommand =
      std::find_if(kSubcommands.begin(), kSubcommands.end(), [&](const Subcommand& candidate) {
        return !arguments.empty() && arguments.front() == candidate.name;
      });
  if (subcommand == kSubcommands.end() && !arguments.empty() &&
      !arguments.front().starts_with("-")) {
    return fail(console, unknown_command(arguments.front()));
  }
  const auto code = subcommand == kSubcommands.end()
                        ? replay(arguments, console)
                        : subcommand->run(arguments.subspan(1), console);
  return code ? code.value() : fail(console, code.error());
}

}  // namespace

ExitCode run(std::span<const std::string> arguments, Console& console) noexcept {
  try {
    return run_command(arguments, console);
  } catch (const std::bad_alloc&) {
    console.complain("out of memory");
  } catch (const std::exception& exception) {
    // A library that we call ran into something we did not foresee.
    console.complain(std::string("internal error: ") + exception.what());
  }
  return ExitCode::input_output;
}

}  // namespace dosimeter::sim
