#pragma once

#include <dosimeter/rate.h>
#include <dosimeter/time_point.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace dosimeter {

/// What X-Ray assigns to one recorder for one rule: a `SamplingTargetDocument` in the answer to
/// GetSamplingTargets. What the answer leaves out is nothing here; what that means is a recorder's
/// choice.
struct SamplingTarget {
  std::string rule_name = {};
  /// `FixedRate`. A rule that is given none keeps the rate it has.
  std::optional<Rate> fixed_rate = {};
  /// `ReservoirQuota`: requests a second. Below 0 it counts as 0, above kMaximumReservoirSize as
  /// that.
  std::optional<std::int64_t> reservoir_quota = {};
  /// `ReservoirQuotaTTL`: when the quota expires.
  std::optional<TimePoint> quota_expiry = {};
  /// `Interval`: after what time X-Ray wants to hear of the rule again. For whoever asks X-Ray; a
  /// Sampler does nothing with it.
  std::optional<std::chrono::seconds> interval = {};
  /// `SamplingBoost`: a rate, and until when it stands for the fixed one.
  std::optional<Rate> boost_rate = {};
  std::optional<TimePoint> boost_expiry = {};
};

}  // namespace dosimeter
