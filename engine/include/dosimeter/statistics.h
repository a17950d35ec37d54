#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/time_point.h>

#include <cstdint>
#include <string>

namespace dosimeter {

/// What one rule did since statistics were last taken, as a recorder reports it to
/// GetSamplingTargets: a `SamplingStatisticsDocument` but for its ClientID, which is the caller's.
struct RuleStatistics {
  RuleId rule;
  std::string name;
  /// Requests the rule was selected for.
  std::uint64_t requests = 0;
  /// Those sampled by the reservoir or the rate. Whether borrowed ones are among them is the
  /// recorder's choice (`QuotaChoices::borrowed_count`).
  std::uint64_t sampled = 0;
  std::uint64_t borrowed = 0;
  /// When they were taken.
  TimePoint time = {};
};

}  // namespace dosimeter
