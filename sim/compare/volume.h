#pragma once

#include "sim/report/report.h"

#include <optional>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Differences between recorders that belong together, and what they alone do to the volume.
struct VolumeShift {
  /// For programs: `window`.
  std::string_view key;
  /// For people: `when reservoirs refill`.
  std::string_view name;
  /// Expected traces of the log under A with these choices of B, less those under A.
  double recorded = 0;
  /// The same of a month's bill; absent where there is no month.
  std::optional<double> usd_per_month;
};

/// What becomes of the volume between A and B, one group of differences at a time.
struct VolumeComparison {
  /// The groups in which the recorders differ; none where they differ in nothing that counts.
  std::vector<VolumeShift> shifts;
  /// From A to B in all, less the sum of the shifts: what differences do together.
  double remainder = 0;
  std::optional<double> usd_remainder;
};

/// Flips one group of differences after the other. The reports are of one log under two recorders
/// with the same rules. Where the recorders' rules differ, B's report is that of its selection.
/// Pure.
[[nodiscard]] VolumeComparison compare_volume(const Report& a, const Report& b);

}  // namespace dosimeter::sim
