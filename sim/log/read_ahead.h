#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"
#include "sim/log/wake_pipe.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace dosimeter::sim {

/// Reads another source on a thread of its own, a bounded number of blocks ahead: what inflates
/// does so while what it has given is replayed. It gives the same bytes and the same end; a failure
/// or damage shows behind all that came before it.
///
/// The destructor ends the thread, whatever it waits for. Signals are left to other threads; one
/// that the caller's thread handles ends its wait, as of any source.
class ReadAhead final : public ByteSource {
 public:
  struct Limits {
    std::size_t block_bytes = std::size_t{256} << 10;
    std::size_t blocks = 4;
  };

  /// Starts to read at once. Fails with ExitCode::input_output where the system has no thread or no
  /// descriptors to spare. `name` is what messages call the source. REQUIRES: a source, limits
  /// above 0.
  [[nodiscard]] static Result<std::unique_ptr<ByteSource>, Failure> start(
      std::unique_ptr<ByteSource> source, std::string name);
  [[nodiscard]] static Result<std::unique_ptr<ByteSource>, Failure> start(
      std::unique_ptr<ByteSource> source, std::string name, Limits limits);
  ~ReadAhead() override;

  [[nodiscard]] Result<std::size_t, Failure> read(std::span<char> block) override;
  /// Of the blocks that `read` has come to.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
  [[nodiscard]] std::optional<std::string> damage() const override;
  void interrupt() noexcept override;

 private:
  struct Block {
    std::vector<char> bytes;
    std::size_t size = 0;
    /// The source's count behind it.
    std::uint64_t bytes_read = 0;
  };

  ReadAhead(std::unique_ptr<ByteSource> source, std::string name, Limits limits, WakePipe ready);
  void run();
  [[nodiscard]] std::optional<Block> empty_block();
  [[nodiscard]] std::optional<Failure> next_block();

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  Limits limits_;

  // The caller's side.
  Block block_;
  std::size_t given_ = 0;
  std::uint64_t bytes_read_ = 0;

  /// Set with every change that `read` waits for.
  WakePipe ready_;
  std::mutex mutex_;
  std::condition_variable emptied_;
  // Below, both sides' under the mutex.
  std::deque<Block> full_;
  std::vector<Block> empty_;
  bool ended_ = false;
  bool stopped_ = false;
  std::optional<Failure> failure_;

  /// Last, so that it sees all of the above.
  std::jthread thread_;
};

}  // namespace dosimeter::sim
