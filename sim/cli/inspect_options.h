#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/cli/shared_options.h"
#include "sim/cli/shared_settings.h"
#include "sim/failure.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The command line of an inspection as it was given.
struct InspectOptions : SharedOptions {
  std::optional<std::string> recorder;
  std::optional<std::string> rows;
};

/// Errors (usage): as for a replay.
[[nodiscard]] Result<InspectOptions, Failure> parse_inspect_options(
    std::span<const std::string> arguments);

/// Every long option, for the test that holds the help text to them.
[[nodiscard]] std::vector<std::string> inspect_option_names();

/// The command line of an inspection, checked.
struct InspectSettings : SharedSettings {
  Recorder recorder;
  /// 0 to 1,000.
  std::size_t shown_rows = 5;

  /// Errors: as for SharedSettings.
  [[nodiscard]] static Result<InspectSettings, Failure> from_options(const InspectOptions& options);
};

}  // namespace dosimeter::sim
