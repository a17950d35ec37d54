#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/reservoir_choices.h>

namespace dosimeter::detail {

/// Whether a draw keeps a request; `share` is drawn_share of the rate.
inline bool draw_keeps(double draw, double share, DrawComparison choice) noexcept {
  return choice == DrawComparison::at_most_rate ? draw <= share : draw < share;
}

/// What becomes of a request that the reservoir has refused.
inline Decision decided_by_draw(RuleId rule, double draw, double share,
                                DrawComparison choice) noexcept {
  const bool kept = draw_keeps(draw, share, choice);
  return {rule, kept, kept ? Cause::rate : Cause::refused_by_rate, share};
}

}  // namespace dosimeter::detail
