#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// What `simulate recorders` is asked, checked.
struct RecordersOptions {
  /// The one to show in full.
  const Recorder* shown = nullptr;
  /// The rule document to check.
  std::optional<std::string> check;
  /// The recorders to check it with, in the order of the table; none means all.
  std::vector<const Recorder*> named;
  bool json = false;
  bool help = false;

  /// Errors (usage), as of every command line; and of options that do not go together.
  [[nodiscard]] static Result<RecordersOptions, Failure> parse(
      std::span<const std::string> arguments);
};

/// Every long option, for the test that holds the help text to them.
[[nodiscard]] std::vector<std::string> recorders_option_names();

}  // namespace dosimeter::sim
