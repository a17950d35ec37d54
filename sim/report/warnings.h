#pragma once

#include "sim/report/report.h"

#include <optional>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// A log shorter than this is extrapolated with a warning: it does not hold a night, or a morning.
inline constexpr double kShortLogSeconds = 24 * 3600;

/// What a reader has to know of a report beside its rule documents: rows that are not in the
/// figures, fields the log does not have, a month that is guessed from little or not at all.
[[nodiscard]] std::vector<Warning> report_warnings(const Report& report);

/// That what the reservoirs of these recorders take is predicted as documented, where it is. Each
/// is named once.
[[nodiscard]] std::optional<Warning> reservoir_warning(std::span<const Recorder> recorders);

}  // namespace dosimeter::sim
