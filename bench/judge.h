#pragma once

#include "bench/goals.h"
#include "bench/measured.h"

#include <string>
#include <vector>

namespace dosimeter::bench {

/// A spread above this makes every ratio with the figure a matter of luck.
inline constexpr double kLargestSpread = 0.05;

struct Verdict {
  enum class Outcome : unsigned char { met, met_beyond, missed, not_judged, not_measured };

  Goal goal;
  Outcome outcome = Outcome::not_measured;
  /// What is compared with the goal's limit, in its unit.
  double value = 0;
  /// nullptr where the goal has none, or nothing was measured.
  const Measured* figure = nullptr;
  const Measured* divisor = nullptr;
  /// `met`, `met, beyond 5 too`, `missed`, `not judged: spread 7 % of decide/25`, `not measured`.
  std::string text;
};

/// In the order of the goals. The verdicts point into `measured`.
[[nodiscard]] std::vector<Verdict> judge(const std::vector<Goal>& goals,
                                         const std::vector<Measured>& measured);

}  // namespace dosimeter::bench
