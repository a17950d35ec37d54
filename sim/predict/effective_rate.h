#pragma once

#include <dosimeter/rate.h>
#include <dosimeter/reservoir_choices.h>

namespace dosimeter::sim {

/// The chance that a draw keeps a request under a rule's rate: the rate itself but where a recorder
/// draws in whole percents.
[[nodiscard]] Rate effective_rate(Rate rate, DrawComparison draw);

}  // namespace dosimeter::sim
