#pragma once

#include "sim/report/report.h"

#include <string>

namespace dosimeter::sim {

/// The version of the JSON report: docs/report.md. Fields may be added without a new one.
inline constexpr int kReportSchemaVersion = 1;

/// One JSON object and a line break. Absent statistics are null. Valid UTF-8 whatever the names
/// hold.
[[nodiscard]] std::string write_json(const Report& report);

}  // namespace dosimeter::sim
