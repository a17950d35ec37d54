#pragma once

#include "sim/failure.h"
#include "sim/log/log_blocks.h"
#include "sim/replay/block_rows.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/pass_work.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/row_multiplier.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dosimeter::sim {

/// One run of a pass. All its threads do the same: one of them at a time reads the next block, each
/// reads the rows of the block it has, and one at a time takes the results, in the order of the
/// input. So a block stays in one processor's memory, a packed input is unpacked beside the
/// matching, one thread alone waits for nobody, and no figure can depend on how many there are.
class PassRun {
 public:
  /// All of them outlive it.
  PassRun(LogBlocks& blocks, const LogSelection& selection, const ReplayObserver& observer,
          PassWork& work, RowCounts& counts);

  /// To the end, or until the observer or a failure stops it. Once. The calling thread is the one
  /// that waits where an input may have to be waited for, as it is the one that signals interrupt.
  void run();

  [[nodiscard]] const std::optional<Failure>& failure() const noexcept {
    return failure_ ? failure_ : read_failure_;
  }
  /// The observer has stopped it.
  [[nodiscard]] bool stopped() const noexcept { return stopped_ || read_stopped_; }

 private:
  enum class State : unsigned char { free, read, in_work, done };
  struct Slot {
    BlockInWork block;
    State state = State::free;
  };
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] Slot& slot(std::uint64_t number) noexcept { return slots_[number % slots_.size()]; }
  void work_guarded(bool is_caller) noexcept;
  void work(bool is_caller);
  [[nodiscard]] bool may_read(bool is_caller) const noexcept;
  [[nodiscard]] Slot* waiting_block() noexcept;
  void wait(Lock& lock);
  void note_work() noexcept;
  void note_end() noexcept;
  void start_helpers();
  void read_next(Lock& lock, RowReader& reader, bool is_caller);
  void read_block(Lock& lock, Slot& slot, RowReader& reader);
  void take_next(Lock& lock, RowReader& reader);
  [[nodiscard]] bool take(BlockInWork& block, RowReader& reader);

  LogBlocks& blocks_;
  const LogSelection& selection_;
  const ReplayObserver& observer_;
  PassWork& work_;
  /// Where it draws, for one thread.
  RowMultiplier multiplier_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;
  std::vector<std::thread> helpers_;
  /// Blocks [next_taken_, next_read_) are in work, each in the slot of its number.
  std::uint64_t next_taken_ = 0;
  std::uint64_t next_read_ = 0;
  bool reading_ = false;
  bool taking_ = false;
  /// There is no further block.
  bool ended_ = false;
  bool over_ = false;
  /// Why, where it failed or was stopped: what happens in front of it counts first.
  std::optional<Failure> read_failure_;
  bool read_stopped_ = false;
  /// Threads that have nothing to do.
  std::size_t idle_ = 0;
  /// Goes up, under the mutex, with all that may give them something.
  std::atomic<std::uint64_t> changes_ = 0;
  std::exception_ptr error_;

  /// For whoever takes.
  RowCounts& counts_;
  std::size_t file_ = 0;
  std::uint64_t line_ = 1;
  std::optional<TimePoint> latest_in_file_;
  bool stopped_ = false;
  std::optional<Failure> failure_;
};

}  // namespace dosimeter::sim
