#include "sim/predict/reservoir_takes.h"

#include <algorithm>

namespace dosimeter::sim {

ReservoirTakes reservoir_takes(std::span<const LoadEntry> entries, std::uint64_t reservoir_size) {
  ReservoirTakes sum;
  for (const LoadEntry& entry : entries) {
    const std::uint64_t taken = std::min(entry.load, reservoir_size);
    sum.taken += entry.seconds * taken;
    sum.refused += entry.seconds * (entry.load - taken);
  }
  return sum;
}

}  // namespace dosimeter::sim
