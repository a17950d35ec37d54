#pragma once

#include <dosimeter/decision.h>

#include <cstdint>
#include <string>

namespace dosimeter {

/// What one rule did since statistics were last taken, as a recorder reports it to
/// GetSamplingTargets.
struct RuleStatistics {
  RuleId rule;
  std::string name;
  /// Requests the rule was selected for.
  std::uint64_t requests = 0;
  /// Those sampled by the reservoir or the rate; a borrowed one is counted in `borrowed` alone.
  std::uint64_t sampled = 0;
  std::uint64_t borrowed = 0;
};

}  // namespace dosimeter
