#include "sim/replay/replay_result.h"

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {

std::optional<double> InputSpan::seconds() const noexcept {
  if (rows < 2) return std::nullopt;
  // Whole seconds and fractions apart: the difference of two times need not fit into one.
  const double between =
      static_cast<double>((calendar_second(last) - calendar_second(first)).count()) +
      static_cast<double>((since_calendar_second(last) - since_calendar_second(first)).count()) /
          1e9;
  const double mean_gap = between / static_cast<double>(rows - 1);
  return between + std::max(std::pow(10.0, -time_digits), mean_gap);
}

}  // namespace dosimeter::sim
