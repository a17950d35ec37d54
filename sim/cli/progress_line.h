#pragma once

#include "sim/cli/console.h"
#include "sim/replay/log_pass.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace dosimeter::sim {

/// `[####      ] 42 %, 1.2 GB of 2.9 GB, 9,412,000 rows a second, 12 s left` in at most `columns`
/// columns: what does not fit is left out, the bar first. Where the bytes in total are not known
/// there is no share and no time left. Plain ASCII, no colour. REQUIRES: elapsed_seconds > 0.
[[nodiscard]] std::string progress_text(const ReplayProgress& progress, double elapsed_seconds,
                                        std::size_t columns);

/// Tells whoever watches how far a long replay has come: nothing in the first second, then four
/// times a second at most. Gone when this is. Not thread-safe.
class ProgressLine {
 public:
  /// `quiet` is how long nothing is shown.
  explicit ProgressLine(Console& console, std::chrono::milliseconds quiet = std::chrono::seconds(1))
      : console_(console), next_(start_ + quiet) {}
  ~ProgressLine() { console_.show_progress(""); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(const ReplayProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  Console& console_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace dosimeter::sim
