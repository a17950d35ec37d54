#include "sim/replay/arrivals.h"

#include <algorithm>

namespace dosimeter::sim {

bool Arrivals::add(TimePoint time, RuleIndex rule, InstanceIndex instance, std::uint64_t count,
                   bool decides) {
  if (count > kMostRequests - requests_) return false;
  if (count == 0) return true;
  requests_ += count;
  if (!decides) decided_upstream_ += count;
  const auto added = static_cast<std::uint32_t>(count);
  if (!entries_.empty()) {
    Arrival& last = entries_.back();
    if (last.time == time && last.rule == rule && last.instance == instance &&
        last.decides == decides) {
      last.count += added;
      return true;
    }
  }
  entries_.push_back({time, rule, instance, added, decides});
  return true;
}

void Arrivals::sort() {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Arrival& a, const Arrival& b) { return a.time < b.time; });
}

}  // namespace dosimeter::sim
