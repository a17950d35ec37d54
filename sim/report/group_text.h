#pragma once

#include "sim/predict/group_prediction.h"

#include <string>

namespace dosimeter::sim {

/// Longer tables by endpoint and by hour show the lines with the most traces, and how many are left
/// out.
inline constexpr std::size_t kMostEndpointLines = 20;
inline constexpr std::size_t kMostHourLines = 24;

/// The tables of `--by` for people, a blank line in front of each; empty where there are none. Fit
/// for a terminal.
[[nodiscard]] std::string tables_text(const PredictedTables& tables);

/// `2026-05-04T10:00:00Z`. REQUIRES: an hour of a TimePoint.
[[nodiscard]] std::string hour_text(std::int64_t hour);

}  // namespace dosimeter::sim
