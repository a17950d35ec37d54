#include "sim/predict/reservoir_takes.h"

#include <algorithm>

namespace dosimeter::sim {

ReservoirTakes reservoir_takes(const LoadHistogram& load, std::uint64_t reservoir_size) {
  ReservoirTakes sum;
  for (const auto& [requests, seconds] : load) {
    const std::uint64_t taken = std::min(requests, reservoir_size);
    sum.taken += seconds * taken;
    sum.refused += seconds * (requests - taken);
  }
  return sum;
}

ReservoirTakes reservoir_takes(const HourlyLoad& load, std::uint64_t reservoir_size) {
  ReservoirTakes sum;
  for (const auto& [hour, histogram] : load) {
    const ReservoirTakes takes = reservoir_takes(histogram, reservoir_size);
    sum.taken += takes.taken;
    sum.refused += takes.refused;
  }
  return sum;
}

}  // namespace dosimeter::sim
