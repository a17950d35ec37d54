#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/cli/shared_options.h"
#include "sim/cli/shared_settings.h"
#include "sim/failure.h"

#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The command line of a comparison as it was given.
struct CompareOptions : SharedOptions {
  std::vector<std::string> recorders;
};

/// Errors (usage): as for a replay.
[[nodiscard]] Result<CompareOptions, Failure> parse_compare_options(
    std::span<const std::string> arguments);

/// Every long option, for the test that holds the help text to them.
[[nodiscard]] std::vector<std::string> compare_option_names();

/// The command line of a comparison, checked.
struct CompareSettings : SharedSettings {
  Recorder a;
  Recorder b;

  /// Errors: as for SharedSettings, and usage for anything but two different recorders.
  [[nodiscard]] static Result<CompareSettings, Failure> from_options(const CompareOptions& options);
};

}  // namespace dosimeter::sim
