#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>
#include <dosimeter/time_point.h>

#include "sim/cli/replay_options.h"
#include "sim/failure.h"
#include "sim/log/log_reader.h"
#include "sim/predict/prediction.h"
#include "sim/replay/request_mapper.h"

#include <cstddef>
#include <optional>
#include <string>

namespace dosimeter::sim {

enum class ReportFormat : unsigned char { text, json };

/// The command line, checked: every value in its range, every default in its place. Reads no file
/// but the price file.
struct ReplaySettings {
  Recorder recorder;
  LogOptions log;
  RequestDefaults defaults;
  std::optional<TimePoint> from;
  std::optional<TimePoint> to;
  std::size_t reorder_bytes = 0;
  PredictionSettings prediction;
  ReportFormat format = ReportFormat::text;

  /// Errors: usage for a value out of its range, input_output for a price file that cannot be read.
  [[nodiscard]] static Result<ReplaySettings, Failure> from_options(const ReplayOptions& options);
};

}  // namespace dosimeter::sim
