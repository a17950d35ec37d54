#pragma once

#include "sim/recorders/recorder_check.h"

#include <string>

namespace dosimeter::sim {

/// For people: a line a recorder, then which rules are ignored and by whom.
[[nodiscard]] std::string write_check(const DocumentReport& report);

}  // namespace dosimeter::sim
