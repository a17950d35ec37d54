#pragma once

namespace dosimeter::bench {

/// What every benchmark minds.
struct Settings {
  /// Only whether everything runs and answers right: parts of the work are enough.
  bool smoke = false;
};
[[nodiscard]] Settings& settings() noexcept;

/// Each makes its benchmarks known to Google Benchmark.
void add_decide_benchmarks();

}  // namespace dosimeter::bench
