#pragma once

#include "bench/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dosimeter::bench {

struct GetlineCount {
  std::uint64_t matched = 0;
  /// By one run of the dice.
  std::uint64_t recorded = 0;
};

/// What the replay is compared with: a CSV log of `write_log` read line by line with getline, split
/// at commas into strings (quotes seen to), put to one rule after the other, its time read by
/// strptime, and sampled by that rule's second and a draw; counted by rule, the Default rule last.
/// As programs do it that were written in an afternoon, with a matcher as that of Envoy's X-Ray
/// tracer: service, host, method and path in turn, each character by character in whatever case,
/// and nothing prepared.
[[nodiscard]] std::vector<GetlineCount> count_by_getline(const std::string& path,
                                                         const Scenario& scenario);

}  // namespace dosimeter::bench
