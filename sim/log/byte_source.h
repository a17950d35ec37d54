#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace dosimeter::sim {

/// The path that stands for standard input.
inline constexpr const char* kStandardInput = "-";

/// Bytes from front to back, in blocks of the caller's size. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Puts the next bytes at the front of `block` and returns how many: at least 1, or 0 at the end
  /// and ever after. Waits for the first byte alone, never to fill `block`. Fails with
  /// ExitCode::input_output where the system cannot read on, and also where a signal or `interrupt`
  /// ends the wait, so that the program can end; with ExitCode::usage where a packed input may be
  /// whole but is not unpacked: it needs too much memory, or a dictionary. REQUIRES: `block` is not
  /// empty.
  [[nodiscard]] virtual Result<std::size_t, Failure> read(std::span<char> block) = 0;

  /// Whether reading is work by itself, as the bytes are not in the input as they are given.
  [[nodiscard]] virtual bool unpacks() const noexcept { return false; }

  /// How many bytes of the input (of the file, where it is packed) have been read so far.
  [[nodiscard]] virtual std::uint64_t bytes_read() const noexcept = 0;

  /// What was wrong with a packed input whose bytes could be read but not unpacked to its end; it
  /// then ends where the last good bytes do. A phrase that goes on behind the input's name: `is cut
  /// off within a gzip member`. Asked once `read` has returned 0. The log's reader makes it one
  /// reject of RejectReason::damaged_input, whose text is what was read of the record it ends in.
  [[nodiscard]] virtual std::optional<std::string> damage() const { return std::nullopt; }

  /// Ends a `read` that waits for a pipe or a terminal, and every one after it. Any thread may call
  /// it while this lives.
  virtual void interrupt() noexcept {}

 protected:
  ByteSource() = default;
};

/// Opens a file, a pipe or, for `-`, standard input. Blocks on a named pipe until it has a writer.
[[nodiscard]] Result<std::unique_ptr<ByteSource>, Failure> open_bytes(const std::string& path);

/// What is known of an input without reading it.
struct InputFacts {
  /// May be opened twice and gives the same bytes: a regular file, not a pipe, a device or standard
  /// input.
  bool repeatable = false;
  /// Bytes in total; nothing where only reading will tell.
  std::optional<std::uint64_t> size;
};

/// Checks that `path` is there, is no directory and may be read. Opens nothing, so it does not
/// block on a named pipe.
[[nodiscard]] Result<InputFacts, Failure> examine_input(const std::string& path);

/// The input's name within a sentence: `"x.csv"`, or `standard input` for `-`.
[[nodiscard]] std::string name_in_sentence(const std::string& path);

/// The input's name in front of a line number: `x.csv`, or `standard input` for `-`. Fit for a
/// terminal as it is: what a terminal would obey is `\xHH`.
[[nodiscard]] std::string name_in_place(const std::string& path);

}  // namespace dosimeter::sim
