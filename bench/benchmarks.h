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
void add_thread_benchmarks();
void add_worst_text_benchmarks();
void add_compile_benchmarks();
void add_pattern_benchmarks();

}  // namespace dosimeter::bench
