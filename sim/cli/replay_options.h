#pragma once

#include <dosimeter/result.h>

#include "sim/cli/shared_options.h"
#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The command line of a replay as it was given.
struct ReplayOptions : SharedOptions {
  std::optional<std::string> recorder;
  std::vector<std::string> by;
  bool version = false;
};

/// Errors (usage): an unknown option, with the one that was likely meant; a missing value; one
/// given twice.
[[nodiscard]] Result<ReplayOptions, Failure> parse_replay_options(
    std::span<const std::string> arguments);

/// Every long option, for the test that holds the help text to them.
[[nodiscard]] std::vector<std::string> replay_option_names();

}  // namespace dosimeter::sim
