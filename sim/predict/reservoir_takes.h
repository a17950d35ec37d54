#pragma once

#include "sim/replay/load_histogram.h"

#include <cstdint>
#include <optional>
#include <span>

namespace dosimeter::sim {

/// What a reservoir does with a load, in requests.
struct ReservoirTakes {
  /// Recorded without a draw.
  std::uint64_t taken = 0;
  /// Left to the fixed rate.
  std::uint64_t refused = 0;
};

/// What reservoirs do with a log where that hangs on how requests are routed to instances, which
/// nobody knows: expectations over the routing.
struct RandomTakes {
  double taken = 0;
  double refused = 0;
  /// Of `taken`, and of `refused`: their sum is certain.
  double variance = 0;
  /// Of `taken` as an estimate of its expectation; nothing where it was computed.
  std::optional<double> standard_error;
};

/// What a calendar-second reservoir of `reservoir_size` requests a second takes and refuses: the
/// sums of seconds * min(load, R) and seconds * (load - min(load, R)). Exact integers; taken +
/// refused is the number of requests. REQUIRES: that number is below 2^64.
[[nodiscard]] ReservoirTakes reservoir_takes(std::span<const LoadEntry> entries,
                                             std::uint64_t reservoir_size);

}  // namespace dosimeter::sim
