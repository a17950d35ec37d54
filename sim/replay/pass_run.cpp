#include "sim/replay/pass_run.h"

#include <signal.h>

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Blocks from which on helpers are worth while.
constexpr std::uint64_t kBlocksOfOneThread = 2;

/// How often a thread looks for something to do before it sleeps.
constexpr int kLooks = 100;

/// Signals go to the calling thread alone while this lives, to be inherited by new threads.
class SignalsHeld {
 public:
  SignalsHeld() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

Failure at_place(const std::string& file, std::uint64_t line, const std::string& message) {
  return {ExitCode::usage, file + ":" + std::to_string(line) + ": " + message};
}

}  // namespace

PassRun::PassRun(LogBlocks& blocks, const LogSelection& selection, const ReplayObserver& observer,
                 PassWork& work, RowCounts& counts)
    : blocks_(blocks),
      selection_(selection),
      observer_(observer),
      work_(work),
      multiplier_(selection.scale),
      slots_(selection.threads == 1 ? 1 : std::size_t{2} * selection.threads),
      counts_(counts) {
  for (Slot& slot : slots_) slot.block.result = work_.make_result();
}

void PassRun::run() {
  work_guarded(true);
  for (std::thread& helper : helpers_) helper.join();
  if (error_) std::rethrow_exception(error_);
  counts_.draws_depend_on_order = multiplier_.may_have_repeated();
}

void PassRun::work_guarded(bool is_caller) noexcept {
  try {
    work(is_caller);
  } catch (...) {
    const Lock lock(mutex_);
    if (!error_) error_ = std::current_exception();
    over_ = true;
    note_end();
  }
}

void PassRun::start_helpers() {
  const SignalsHeld held;
  helpers_.reserve(selection_.threads - 1);
  while (helpers_.size() + 1 < selection_.threads) {
    helpers_.emplace_back([this] { work_guarded(false); });
  }
}

void PassRun::work(bool is_caller) {
  const std::unique_ptr<RowReader> reader = work_.make_reader();
  Lock lock(mutex_);
  while (!over_) {
    if (is_caller && helpers_.empty() && selection_.threads > 1 &&
        next_read_ >= kBlocksOfOneThread && !ended_) {
      start_helpers();
    }
    if (!taking_ && next_taken_ < next_read_ && slot(next_taken_).state == State::done) {
      take_next(lock, *reader);
    } else if (may_read(is_caller) && blocks_.unpacks()) {
      // First, as one thread alone can do it at a time, and it may be what takes longest.
      read_next(lock, *reader, is_caller);
    } else if (Slot* const waiting = waiting_block()) {
      read_block(lock, *waiting, *reader);
    } else if (may_read(is_caller)) {
      read_next(lock, *reader, is_caller);
    } else if (ended_ && next_taken_ == next_read_) {
      over_ = true;
      note_end();
    } else {
      wait(lock);
    }
  }
}

bool PassRun::may_read(bool is_caller) const noexcept {
  return !ended_ && !reading_ && next_read_ - next_taken_ < slots_.size() &&
         (is_caller || !blocks_.may_wait());
}

/// Until something changes. That is mostly a matter of microseconds, less than it takes to be
/// woken.
void PassRun::wait(Lock& lock) {
  const std::uint64_t seen = changes_.load(std::memory_order_relaxed);
  ++idle_;
  lock.unlock();
  for (int i = 0; i < kLooks && changes_.load(std::memory_order_acquire) == seen; ++i) {
    std::this_thread::yield();
  }
  lock.lock();
  while (changes_.load(std::memory_order_relaxed) == seen) changed_.wait(lock);
  --idle_;
}

/// Something for one more thread to do. REQUIRES: the lock.
void PassRun::note_work() noexcept {
  changes_.fetch_add(1, std::memory_order_release);
  changed_.notify_one();
}

/// What all threads may wait for: a block that is free, the end. REQUIRES: the lock.
void PassRun::note_end() noexcept {
  changes_.fetch_add(1, std::memory_order_release);
  changed_.notify_all();
}

/// A block that nobody reads the rows of.
PassRun::Slot* PassRun::waiting_block() noexcept {
  for (std::uint64_t number = next_taken_; number < next_read_; ++number) {
    if (slot(number).state == State::read) return &slot(number);
  }
  return nullptr;
}

void PassRun::read_next(Lock& lock, RowReader& reader, bool is_caller) {
  reading_ = true;
  Slot& next = slot(next_read_);
  lock.unlock();
  const BlockEvent event = blocks_.next(next.block.held);
  lock.lock();
  reading_ = false;
  if (event != BlockEvent::block) {
    ended_ = true;
    if (event == BlockEvent::failed) {
      // A read that was interrupted ends with the last whole row.
      if (observer_.stop()) {
        read_stopped_ = true;
      } else {
        read_failure_ = blocks_.failure();
      }
    }
    note_end();
    return;
  }
  ++next_read_;
  next.state = State::read;
  note_work();
  if (blocks_.unpacks()) return;
  // Where only this thread may read, it had better go on reading.
  if (is_caller && idle_ > 0 && blocks_.may_wait()) return;
  read_block(lock, next, reader);
}

void PassRun::read_block(Lock& lock, Slot& slot, RowReader& reader) {
  slot.state = State::in_work;
  lock.unlock();
  read_rows(slot.block, selection_, multiplier_, kMaximumRequests, reader);
  lock.lock();
  slot.state = State::done;
  note_work();
}

void PassRun::take_next(Lock& lock, RowReader& reader) {
  taking_ = true;
  Slot& next = slot(next_taken_);
  lock.unlock();
  const bool goes_on = take(next.block, reader);
  lock.lock();
  taking_ = false;
  next.state = State::free;
  ++next_taken_;
  if (!goes_on) over_ = true;
  note_end();
}

/// False where that ends the pass.
bool PassRun::take(BlockInWork& block, RowReader& reader) {
  const LogBlock& read = block.held.block;
  if (read.file != file_) {
    file_ = read.file;
    line_ = 1;
    latest_in_file_.reset();
  }
  line_ += read.lines_before;
  const std::uint64_t left = kMaximumRequests - std::min(kMaximumRequests, counts_.rows);
  if (block.counts.rows > left || !work_.accepts(*block.result)) {
    read_rows(block, selection_, multiplier_, left, reader);
  }
  const BlockPlace place{blocks_.file_name(file_), line_, read.text, latest_in_file_};

  RowCounts& found = block.counts;
  counts_.rows += found.rows;
  counts_.rejected_rows += found.rejected_rows;
  counts_.skipped_rows += found.skipped_rows;
  counts_.filtered_rows += found.filtered_rows;
  for (RejectedExample& example : found.rejected_examples) {
    // Those of the block are the first of each reason there.
    const auto shown = static_cast<std::size_t>(std::count_if(
        counts_.rejected_examples.begin(), counts_.rejected_examples.end(),
        [&](const RejectedExample& other) { return other.reason == example.reason; }));
    if (shown >= kExamplesOfAReason) continue;
    example.file = place.file_name;
    example.line += line_;
    counts_.rejected_examples.push_back(std::move(example));
  }
  for (std::size_t i = 0; i < kSkipReasonCount; ++i) {
    counts_.skipped_by_reason[i] += found.skipped_by_reason[i];
  }
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) {
    counts_.rejected_by_reason[i] += found.rejected_by_reason[i];
  }
  if (selection_.strict && counts_.rejected_rows > 0) {
    const RejectedExample& first = counts_.rejected_examples.front();
    failure_ = at_place(first.file, first.line, first.message);
    return false;
  }
  if (block.too_many_at != nullptr) {
    failure_ = at_place(place.file_name, place.line(block.too_many_at),
                        "expected at most 2^53 requests in all, got more with this row's count");
    return false;
  }
  work_.take(*block.result, place);
  if (block.latest) {
    latest_in_file_ = std::max(latest_in_file_.value_or(*block.latest), *block.latest);
  }
  line_ += block.lines;
  observer_.progress({block.held.bytes_read, blocks_.bytes_total(), counts_.rows});
  if (!observer_.stop()) return true;
  stopped_ = true;
  return false;
}

}  // namespace dosimeter::sim
