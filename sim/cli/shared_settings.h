#pragma once

#include <dosimeter/result.h>

#include "sim/cli/fleet_options.h"
#include "sim/cli/option_value.h"
#include "sim/cli/shared_options.h"
#include "sim/failure.h"
#include "sim/predict/prediction.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/request_mapper.h"

#include <cstddef>

namespace dosimeter::sim {

/// The options of every command that replays logs, checked: every value in its range, every default
/// in its place. Reads no file but the price file, and the
/// directories that `--log` names.
struct SharedSettings {
  LogSelection logs;
  RequestDefaults defaults;
  std::size_t reorder_bytes = 0;
  FleetOptions fleet;
  PredictionSettings prediction;
  ReportFormat format = ReportFormat::text;

  /// Errors: usage for a value out of its range, input_output for a price file that cannot be read.
  [[nodiscard]] static Result<SharedSettings, Failure> from_options(const SharedOptions& options);
};

}  // namespace dosimeter::sim
