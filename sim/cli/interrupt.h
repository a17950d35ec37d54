#pragma once

namespace dosimeter::sim {

/// While one exists, Ctrl-C (SIGINT) and SIGTERM do not end the process: they are noted, and the
/// command winds up. A second one ends the process as if this were not there. One at a time:
/// signals belong to the process.
class InterruptGuard {
 public:
  InterruptGuard() noexcept;
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] bool interrupted() const noexcept;
};

}  // namespace dosimeter::sim
