#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"
#include "sim/log/log_block.h"
#include "sim/log/log_formats.h"
#include "sim/log/log_notice.h"
#include "sim/log/log_options.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// A block with the memory its text is in.
struct HeldBlock {
  LogBlock block;
  /// What reads it.
  std::shared_ptr<const LogFormat> format;
  std::vector<char> memory;
  /// Bytes of all inputs that had been read with this block. For progress alone.
  std::uint64_t bytes_read = 0;
};

/// Inputs that are read in the same way.
struct FormatUse {
  FormatMapping mapping;
  /// Of the first of them.
  std::string why;
  std::string first_file;
  std::uint64_t files = 1;
};

/// What `LogBlocks::next` met.
enum class BlockEvent : unsigned char { block, failed, end };

/// The one door from logs to blocks: several inputs one after the other, each with a format and a
/// header of its own, cut into blocks of whole records. The stage that goes from front to back: it
/// looks at quotes and line feeds alone. Used by one thread at a time; blocks are read by others.
///
/// A record over the limit, and a quoted field that does not end with the input, is a block of its
/// own; reading goes on behind its first line feed. After a reject other than a single long line,
/// what its open quote had swallowed is read again with quotes confined to one line, so that one
/// stray quote costs one row, and hostile input no more than linear time.
class LogBlocks {
 public:
  struct Limits {
    std::size_t max_record_bytes = kMaxRecordBytes;
    std::size_t block_bytes = kReadBlockBytes;
    std::size_t max_document_bytes = kMaxDocumentBytes;
  };

  /// Checks every input before it returns: that it is there and readable and, where it can be read
  /// twice, that its front will do. So a mistake in the last of many files shows at once. `-` is
  /// standard input, once at most. Fails with ExitCode::input_output, or with ExitCode::usage where
  /// the content or the list of paths is wrong.
  [[nodiscard]] static Result<LogBlocks, Failure> open(std::vector<std::string> paths,
                                                       LogOptions options);
  [[nodiscard]] static Result<LogBlocks, Failure> open(std::vector<std::string> paths,
                                                       LogOptions options, Limits limits);

  /// One input that begins with a record of `format`, wherever its bytes come from. REQUIRES:
  /// limits above 0.
  [[nodiscard]] static LogBlocks of_source(std::unique_ptr<ByteSource> source,
                                           std::shared_ptr<const LogFormat> format, Limits limits);

  /// Reads the next block into `held`, whose memory is used again. `failed` and `end` repeat. Every
  /// whole record that was read in front of a failure is in a block before it; what was read of the
  /// next one is no record.
  [[nodiscard]] BlockEvent next(HeldBlock& held);

  /// Whether `next` may have to wait for somebody else, and should be called where a signal
  /// interrupts it: the input, or the one after it, is no regular file.
  [[nodiscard]] bool may_wait() const noexcept;

  /// Whether `next` unpacks, and so may take as long as reading the rows of a block.
  [[nodiscard]] bool unpacks() const noexcept { return source_ && source_->unpacks(); }

  /// REQUIRES: `failed` was the last event.
  [[nodiscard]] const Failure& failure() const noexcept { return *failure_; }
  /// The input's name to stand in front of a line number. REQUIRES: file < the number of paths.
  [[nodiscard]] std::string file_name(std::size_t file) const {
    return name_in_place(paths_[file]);
  }
  /// Remarks on the inputs read so far, each once however many files it is true of.
  [[nodiscard]] const std::vector<LogNotice>& notices() const noexcept { return notices_; }

  /// How the inputs read so far are read, in the order they were met.
  [[nodiscard]] const std::vector<FormatUse>& formats() const noexcept { return formats_; }

  /// Of how many bytes; nothing where an input does not know its size. For progress alone.
  [[nodiscard]] std::optional<std::uint64_t> bytes_total() const noexcept { return bytes_total_; }

 private:
  LogBlocks(std::vector<std::string> paths, LogOptions options, Limits limits)
      : paths_(std::move(paths)), options_(std::move(options)), limits_(limits) {}

  /// An input that stands behind its header.
  struct Opened {
    std::unique_ptr<ByteSource> source;
    ChosenFormat chosen;
    /// What was read behind the header, and how far into the input that is.
    std::vector<char> rest;
    std::uint64_t offset = 0;
    bool whole = false;
    std::optional<std::string> damage;
  };

  [[nodiscard]] Result<Opened, Failure> open_input(const std::string& path) const;
  [[nodiscard]] std::optional<Failure> examine_all();
  [[nodiscard]] std::optional<Failure> start_file();
  void note_format(std::string why);
  void note_damage(std::optional<std::string> damage);
  void finish_file() noexcept;
  [[nodiscard]] std::size_t fill(std::vector<char>& memory, std::size_t size, std::size_t wanted);
  [[nodiscard]] bool cut(HeldBlock& held, std::size_t size);
  [[nodiscard]] bool cut_whole(HeldBlock& held, std::size_t size);
  [[nodiscard]] bool cut_short_records(HeldBlock& held, std::size_t size, bool one_line);
  [[nodiscard]] bool cut_long_records(HeldBlock& held, std::size_t size, bool one_line);
  [[nodiscard]] bool give(HeldBlock& held, std::size_t size, std::size_t length, bool one_line);
  [[nodiscard]] bool reject(HeldBlock& held, std::size_t size, RejectReason why, bool one_line);
  void fail_too_long();
  void describe(HeldBlock& held) noexcept;
  void keep_from(const HeldBlock& held, std::size_t begin, std::size_t end);
  [[nodiscard]] bool skip_line(std::vector<char>& memory);

  std::vector<std::string> paths_;
  LogOptions options_;
  Limits limits_;
  std::vector<bool> repeatable_;
  std::size_t file_ = 0;
  std::unique_ptr<ByteSource> source_;
  std::shared_ptr<const LogFormat> format_;
  /// Bytes read and in no block yet.
  std::vector<char> kept_;
  /// All bytes of the input have been read.
  bool whole_ = false;
  /// What was wrong with them, until it is told.
  std::optional<std::string> damage_;
  /// Where `kept_` begins in the input.
  std::uint64_t offset_ = 0;
  /// Records that begin before this offset are confined to one line.
  std::uint64_t one_line_until_ = 0;
  /// The rest of a line that is rejected already is to be dropped.
  bool skipping_line_ = false;
  std::uint64_t lines_before_ = 0;
  std::uint64_t bytes_of_finished_files_ = 0;
  std::optional<std::uint64_t> bytes_total_;
  std::vector<LogNotice> notices_;
  std::vector<FormatUse> formats_;
  /// A read failed; to be told once the whole records before are in blocks.
  std::optional<Failure> failure_;
};

}  // namespace dosimeter::sim
