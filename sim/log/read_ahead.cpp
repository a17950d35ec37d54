#include "sim/log/read_ahead.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace dosimeter::sim {
namespace {

/// While one exists this thread, and the threads it makes, take no signals.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

Failure cannot_read(const std::string& name, int error) {
  return {ExitCode::input_output, "cannot read " + name + ": " + system_message(error)};
}

}  // namespace

Result<std::unique_ptr<ByteSource>, Failure> ReadAhead::start(std::unique_ptr<ByteSource> source,
                                                              std::string name) {
  return start(std::move(source), std::move(name), Limits{});
}

Result<std::unique_ptr<ByteSource>, Failure> ReadAhead::start(std::unique_ptr<ByteSource> source,
                                                              std::string name, Limits limits) {
  assert(source != nullptr && limits.block_bytes > 0 && limits.blocks > 0);
  auto ready = WakePipe::open();
  if (!ready) return cannot_read(name, ready.error());
  std::unique_ptr<ReadAhead> reader(
      new ReadAhead(std::move(source), std::move(name), limits, std::move(ready).value()));
  const SignalsBlocked blocked;
  try {
    reader->thread_ = std::jthread([&self = *reader] { self.run(); });
  } catch (const std::system_error& error) {
    return cannot_read(reader->name_, error.code().value());
  }
  return {std::move(reader)};
}

ReadAhead::ReadAhead(std::unique_ptr<ByteSource> source, std::string name, Limits limits,
                     WakePipe ready)
    : source_(std::move(source)),
      name_(std::move(name)),
      limits_(limits),
      ready_(std::move(ready)),
      empty_(limits.blocks) {
  // Blocks get their memory when they are first used: a small input needs one.
}

ReadAhead::~ReadAhead() {
  interrupt();
}

void ReadAhead::interrupt() noexcept {
  source_->interrupt();
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  emptied_.notify_one();
  ready_.set();
}

/// Waits for one. Nothing where the thread is to end.
std::optional<ReadAhead::Block> ReadAhead::empty_block() {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [&] { return stopped_ || !empty_.empty(); });
  if (stopped_) return std::nullopt;
  Block block = std::move(empty_.back());
  empty_.pop_back();
  return block;
}

/// The thread.
void ReadAhead::run() {
  while (auto block = empty_block()) {
    block->bytes.resize(limits_.block_bytes);
    const auto count = source_->read(block->bytes);
    const std::lock_guard lock(mutex_);
    ended_ = !count || count.value() == 0;
    if (!count) failure_ = count.error();
    if (!ended_) {
      block->size = count.value();
      block->bytes_read = source_->bytes_read();
      full_.push_back(*std::move(block));
    }
    ready_.set();
    if (ended_) return;
  }
}

/// Gives the block that is used up back, and waits for the next one. Where there is none, block_ is
/// empty.
std::optional<Failure> ReadAhead::next_block() {
  if (!block_.bytes.empty()) {
    const std::lock_guard lock(mutex_);
    empty_.push_back(std::exchange(block_, {}));
    emptied_.notify_one();
  }
  given_ = 0;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      // Under the mutex: nothing is set between the look and the wait that the look has not seen.
      ready_.clear();
      if (stopped_) return cannot_read(name_, EINTR);
      if (!full_.empty()) {
        block_ = std::move(full_.front());
        full_.pop_front();
        bytes_read_ = block_.bytes_read;
        return std::nullopt;
      }
      if (failure_) return failure_;
      if (ended_) {
        bytes_read_ = source_->bytes_read();
        return std::nullopt;
      }
    }
    pollfd waited_for{ready_.descriptor(), POLLIN, 0};
    if (::poll(&waited_for, 1, -1) < 0) return cannot_read(name_, errno);
  }
}

Result<std::size_t, Failure> ReadAhead::read(std::span<char> block) {
  if (given_ == block_.size) {
    if (auto failure = next_block()) return *std::move(failure);
  }
  const std::size_t count = std::min(block.size(), block_.size - given_);
  if (count > 0) std::memcpy(block.data(), block_.bytes.data() + given_, count);
  given_ += count;
  return count;
}

std::optional<std::string> ReadAhead::damage() const {
  return source_->damage();
}

}  // namespace dosimeter::sim
