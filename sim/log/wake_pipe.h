#pragma once

#include <dosimeter/result.h>

namespace dosimeter::sim {

/// A flag that poll(2) can wait for beside other descriptors, so that a signal or another thread
/// ends the wait. May be moved while nobody uses it.
class WakePipe {
 public:
  /// Fails with an `errno`.
  [[nodiscard]] static Result<WakePipe, int> open() noexcept;
  WakePipe(WakePipe&& other) noexcept;
  WakePipe& operator=(WakePipe&& other) noexcept;
  ~WakePipe();

  /// Makes `descriptor` readable. Any thread.
  void set() noexcept;
  /// Makes it unreadable until the next `set`. One thread.
  void clear() noexcept;
  [[nodiscard]] int descriptor() const noexcept { return read_end_; }

 private:
  WakePipe(int read_end, int write_end) noexcept : read_end_(read_end), write_end_(write_end) {}

  int read_end_;
  int write_end_;
};

}  // namespace dosimeter::sim
