#pragma once

#include "sim/quality/row_quality.h"
#include "sim/report/report.h"

#include <vector>

namespace dosimeter::sim {

/// A log shorter than this is extrapolated with a warning: it does not hold a night, or a morning.
inline constexpr double kShortLogSeconds = 24 * 3600;

/// What a reader has to know of a report beside its rule documents: rows that are not in the
/// figures, fields the log does not have, a month that is guessed from little or not at all.
[[nodiscard]] std::vector<Warning> report_warnings(const Report& report);

/// What a reader has to know of requests that could be read: `host_is_address`.
[[nodiscard]] std::vector<Warning> quality_warnings(const RowQuality& quality);

}  // namespace dosimeter::sim
