#pragma once

#include "bench/measured.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace dosimeter::bench {

/// Gathers what Google Benchmark measures, to be shown once all of it is there: with random
/// interleaving everything ends at the end.
class Collector : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  /// In the order in which the benchmarks were made known.
  [[nodiscard]] std::vector<Measured> measured() const;

 private:
  std::map<std::pair<std::int64_t, std::int64_t>, Measured> by_place_;
};

}  // namespace dosimeter::bench
