#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/breakdown/group_breakdown.h"
#include "sim/cli/replay_options.h"
#include "sim/cli/shared_settings.h"
#include "sim/failure.h"

namespace dosimeter::sim {

/// The command line of a replay, checked.
struct ReplaySettings : SharedSettings {
  Recorder recorder;
  GroupTables tables;

  /// Errors: as for SharedSettings.
  [[nodiscard]] static Result<ReplaySettings, Failure> from_options(const ReplayOptions& options);
};

}  // namespace dosimeter::sim
