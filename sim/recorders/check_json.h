#pragma once

#include "sim/recorders/recorder_check.h"

#include <string>

namespace dosimeter::sim {

/// For programs, one JSON object and a line break: docs/cli.md. Valid UTF-8 whatever the names
/// hold.
[[nodiscard]] std::string write_check_json(const DocumentReport& report);

}  // namespace dosimeter::sim
