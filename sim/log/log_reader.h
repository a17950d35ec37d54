#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"
#include "sim/log/csv_format.h"
#include "sim/log/csv_splitter.h"
#include "sim/log/log_notice.h"
#include "sim/log/log_options.h"
#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// What `LogReader::next` met.
enum class LogEvent : unsigned char {
  row,
  rejected,
  /// A record that is no row: a blank line, or the header line once more.
  skipped,
  failed,
  end,
};

/// The one door from logs to rows: several inputs one after the other, each with its own header.
/// Not thread-safe; views are valid until the next call of `next`.
class LogReader {
 public:
  /// Checks every input before it returns: that it is there and readable and, where it can be read
  /// twice, that its header line will do. So a mistake in the last of many files shows at once. `-`
  /// is standard input, once at most. Fails with ExitCode::input_output, or with ExitCode::usage
  /// where the content or the list of paths is wrong.
  [[nodiscard]] static Result<LogReader, Failure> open(std::vector<std::string> paths,
                                                       LogOptions options);

  /// Goes to the next record. `failed` and `end` repeat. Every whole record that was read in front
  /// of a failure has been returned before it; what was read of the next one is no record.
  [[nodiscard]] LogEvent next();

  /// REQUIRES: `row` was the last event.
  [[nodiscard]] const LogRow& row() const noexcept { return row_; }
  /// REQUIRES: `rejected` was the last event.
  [[nodiscard]] const RejectedRow& rejected() const noexcept { return rejected_; }
  /// REQUIRES: `failed` was the last event.
  [[nodiscard]] const Failure& failure() const noexcept { return *failure_; }

  /// Which input, from 0, and on which of its lines, from 1, the last event's record begins. The
  /// header is a line.
  [[nodiscard]] std::size_t file() const noexcept { return file_; }
  [[nodiscard]] std::uint64_t line() const noexcept { return splitter_ ? splitter_->line() : 0; }
  /// The input's name to stand in front of a line number. REQUIRES: file < the number of paths.
  [[nodiscard]] std::string file_name(std::size_t file) const {
    return name_in_place(paths_[file]);
  }

  /// Remarks on the headers read so far, each once however many files it is true of.
  [[nodiscard]] const std::vector<LogNotice>& notices() const noexcept { return notices_; }

  /// Bytes read so far, and of how many; nothing where an input does not know its size. For
  /// progress alone: a block is counted once it is read, before its rows are returned.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> bytes_total() const noexcept { return bytes_total_; }

 private:
  LogReader(std::vector<std::string> paths, LogOptions options)
      : paths_(std::move(paths)), options_(std::move(options)) {}
  [[nodiscard]] std::optional<Failure> examine_all();
  [[nodiscard]] std::optional<Failure> start_file();
  [[nodiscard]] bool repeats_header() const noexcept;

  std::vector<std::string> paths_;
  LogOptions options_;
  std::size_t file_ = 0;
  std::optional<CsvSplitter> splitter_;
  std::optional<CsvFormat> format_;
  /// The names of the current input's header line.
  std::vector<std::string> header_;
  std::uint64_t bytes_of_finished_files_ = 0;
  std::optional<std::uint64_t> bytes_total_;
  std::vector<LogNotice> notices_;
  LogRow row_;
  RejectedRow rejected_;
  std::optional<Failure> failure_;
};

}  // namespace dosimeter::sim
