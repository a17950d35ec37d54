#include "bench/collector.h"

#include <string>

namespace dosimeter::bench {
namespace {

/// What went wrong in the run; empty if nothing did. The members are named otherwise from Google
/// Benchmark 1.8 on.
template <typename Run>
std::string error_of(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred ? run.error_message : std::string();
  } else {
    return run.skipped ? run.skip_message : std::string();
  }
}

}  // namespace

bool Collector::ReportContext(const Context& /*context*/) {
  return true;
}

void Collector::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration) continue;
    Measured& measured = by_place_[{run.family_index, run.per_family_instance_index}];
    measured.name = run.run_name.function_name;
    if (!run.run_name.threads.empty()) measured.name += "/" + run.run_name.threads;
    if (std::string error = error_of(run); !error.empty()) {
      measured.error = std::move(error);
      continue;
    }
    // The processor's time: other programs take some of the clock's. But not where threads wait for
    // each other.
    const bool by_clock = run.run_name.time_type == "real_time";
    const double seconds = by_clock ? run.real_accumulated_time : run.cpu_accumulated_time;
    measured.nanoseconds.push_back(seconds * 1e9 / static_cast<double>(run.iterations));
    for (const auto& [name, counter] : run.counters) measured.counters[name] = counter.value;
  }
}

std::vector<Measured> Collector::measured() const {
  std::vector<Measured> all;
  for (const auto& [place, measured] : by_place_) all.push_back(measured);
  return all;
}

}  // namespace dosimeter::bench
