#pragma once

#include "sim/compare/comparison.h"

#include <string>

namespace dosimeter::sim {

/// The version of the comparison in JSON: docs/report.md. Fields may be added without a new one.
inline constexpr int kComparisonSchemaVersion = 1;

/// One JSON object and a line break. Absent statistics are null. Valid UTF-8 whatever the names
/// hold.
[[nodiscard]] std::string write_comparison_json(const Comparison& comparison);

}  // namespace dosimeter::sim
