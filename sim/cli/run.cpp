#include "sim/cli/run.h"

#include <dosimeter/version.h>

#include "sim/cli/help_text.h"
#include "sim/cli/replay_command.h"
#include "sim/cli/replay_options.h"

#include <exception>
#include <new>

namespace dosimeter::sim {
namespace {

ExitCode fail(Console& console, const Failure& failure) {
  console.complain(failure.message);
  return failure.code;
}

ExitCode run_command(std::span<const std::string> arguments, Console& console) {
  auto options = parse_replay_options(arguments);
  if (!options) return fail(console, options.error());
  if (options.value().help || options.value().version) {
    const std::string text =
        options.value().help ? std::string(kHelpText) : std::string("simulate ") + kVersion + "\n";
    const auto failure = console.print(text);
    return failure ? fail(console, *failure) : ExitCode::done;
  }
  const auto code = replay_command(options.value(), console);
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
