#pragma once

#include "sim/compare/comparison.h"

#include <string>

namespace dosimeter::sim {

/// For people: first what it comes to, then a line a rule, then which requests change rule and why.
/// Ends in a line break; fit for a terminal whatever the names hold.
[[nodiscard]] std::string write_comparison_text(const Comparison& comparison);

}  // namespace dosimeter::sim
