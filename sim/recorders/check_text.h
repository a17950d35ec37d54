#pragma once

#include "sim/recorders/recorder_check.h"

#include <string>

namespace dosimeter::sim {

/// For people: a line a recorder, then each fault and each rule left out, with the recorders that
/// mind.
[[nodiscard]] std::string write_check(const DocumentReport& report);

}  // namespace dosimeter::sim
