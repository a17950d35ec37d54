#pragma once

#include "sim/recorders/recorder_profile.h"

#include <span>
#include <string>

/// Recorders for people, on lines of about 120 characters.
namespace dosimeter::sim {

/// A table of all, then what each does otherwise than `documented`, a line a choice; the fields
/// that share one are on one line.
[[nodiscard]] std::string write_recorder_list(std::span<const RecorderProfile> profiles);

/// Every choice of one.
[[nodiscard]] std::string write_recorder(const RecorderProfile& profile);

}  // namespace dosimeter::sim
