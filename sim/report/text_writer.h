#pragma once

#include "sim/report/report.h"

#include <string>

namespace dosimeter::sim {

/// One screen for people: what was replayed, a line a rule, the month and its price, what to be
/// wary of. Ends in a line break; fit for a terminal whatever the names hold.
[[nodiscard]] std::string write_text(const Report& report);

}  // namespace dosimeter::sim
