#pragma once

#include <cstdint>
#include <map>

namespace dosimeter::sim {

/// How loaded the seconds of one rule were: `seconds[n]` = calendar seconds of one instance that
/// held exactly n of its requests, n >= 1. What a calendar-second reservoir of any size R takes and
/// refuses follows from it: taken = sum of seconds[n] * min(n, R), refused = sum of seconds[n] * (n
/// - min(n, R)).
using LoadHistogram = std::map<std::uint64_t, std::uint64_t>;

/// One histogram for each hour that had requests, keyed by the hour since 1970-01-01T00:00Z (floor
/// of seconds / 3600).
using HourlyLoad = std::map<std::int64_t, LoadHistogram>;

}  // namespace dosimeter::sim
