#include "sim/replay/block_side.h"

namespace dosimeter::sim {

void BlockSide::clear(std::int64_t closed_seconds_before) {
  closed_before = closed_seconds_before;
  first_second = std::numeric_limits<std::int64_t>::max();
  cells.clear();
  consulted.clear();
  counts = {};
  sequence.clear();
  span.reset();
  field_seen = 0;
  traits.clear();
  minutes.clear();
  instances.clear();
  if (!instance_numbers.empty()) instance_numbers.clear();
  instance_missing = false;
  arrivals.clear();
  too_many_arrivals = false;
  for (const auto& breakdown : breakdowns) breakdown->clear();
}

}  // namespace dosimeter::sim
