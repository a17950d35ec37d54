#pragma once

#include "sim/cli/console.h"
#include "sim/replay/log_pass.h"

#include <chrono>

namespace dosimeter::sim {

/// Tells whoever watches how far a long replay has come: nothing in the first second, then a few
/// times a second.
class ProgressLine {
 public:
  explicit ProgressLine(Console& console) : console_(console) {}
  ~ProgressLine() { console_.show_progress(""); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(const ReplayProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  Console& console_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_ + std::chrono::seconds(1);
};

}  // namespace dosimeter::sim
