#pragma once

#include "sim/recorders/recorder_profile.h"

#include <span>
#include <string>

/// Recorders for programs: docs/cli.md.
namespace dosimeter::sim {

/// The version of all JSON about recorders. Fields may be added without a new one.
inline constexpr int kRecorderSchemaVersion = 1;

/// One JSON object and a line break.
[[nodiscard]] std::string write_recorder_list_json(std::span<const RecorderProfile> profiles);
[[nodiscard]] std::string write_recorder_json(const RecorderProfile& profile);

}  // namespace dosimeter::sim
