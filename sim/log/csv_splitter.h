#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_order_mark.h"
#include "sim/log/byte_source.h"
#include "sim/log/csv_record.h"
#include "sim/log/log_block.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// What the splitter met.
enum class CsvEvent : unsigned char {
  record,
  /// A record over the limit. Reading goes on behind its first line feed.
  too_long,
  /// A quoted field that does not end with the input. Reading goes on behind the record's first
  /// line feed.
  unterminated_quote,
  failed,
  end,
};

/// Cuts a source's bytes into CSV records (the grammar is that of `split_csv_record`) and counts
/// its lines. A UTF-8 byte order mark in front is dropped. Memory is bounded by the limits,
/// whatever the input holds.
///
/// After a reject other than a single long line, what its open quote had swallowed is read again
/// with quotes confined to one line, so that one stray quote costs one row, and hostile input no
/// more than linear time.
///
/// What it returns depends on the bytes and the limits alone, never on where blocks or reads end. A
/// record is returned as soon as its last byte has been read; a failed read shows only behind the
/// whole records that came before it, and what was read of the next one is no record. Not
/// thread-safe.
class CsvSplitter {
 public:
  struct Limits {
    std::size_t max_record_bytes = kMaxRecordBytes;
    std::size_t block_bytes = kReadBlockBytes;
  };

  /// REQUIRES: source, limits above 0.
  explicit CsvSplitter(std::unique_ptr<ByteSource> source);
  CsvSplitter(std::unique_ptr<ByteSource> source, Limits limits);

  /// The input's first line that is not empty, without byte order mark and line feed, cut at
  /// `max_record_bytes`: to see what kind of file this is. Empty where those bytes hold none. Valid
  /// until `next`. A failure to read takes nothing from `next`. REQUIRES: `next` has not been
  /// called.
  [[nodiscard]] Result<std::string_view, Failure> peek_line();

  /// Comma unless set. REQUIRES: `next` has not been called.
  void set_delimiter(char delimiter) noexcept { scope_.delimiter = delimiter; }

  /// Goes to the next record. All views of the one before are invalid from here on. `failed` and
  /// `end` repeat.
  [[nodiscard]] CsvEvent next();

  /// The fields of the record, at least one. REQUIRES: `record` was the last event.
  [[nodiscard]] const std::vector<std::string_view>& fields() const noexcept { return fields_; }
  /// The line, from 1, on which the last event's record begins.
  [[nodiscard]] std::uint64_t line() const noexcept { return line_; }
  /// The front of the rejected record. REQUIRES: `too_long` or `unterminated_quote` was the last
  /// event.
  [[nodiscard]] std::string_view rejected_text() const noexcept { return rejected_text_; }
  /// REQUIRES: `failed` was the last event.
  [[nodiscard]] const Failure& failure() const noexcept { return *failure_; }
  /// Bytes taken from the source so far.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return source_->bytes_read(); }

 private:
  [[nodiscard]] std::size_t held() const noexcept { return end_ - begin_; }
  [[nodiscard]] char* front() noexcept { return buffer_.data() + begin_; }
  [[nodiscard]] bool fill();
  [[nodiscard]] bool skip_byte_order_mark();
  [[nodiscard]] bool skip_long_line();
  void consume(std::size_t bytes, std::uint64_t lines) noexcept;
  [[nodiscard]] CsvEvent reject(CsvEvent why);

  std::unique_ptr<ByteSource> source_;
  Limits limits_;
  CsvRecordScope scope_;
  std::vector<char> buffer_;
  /// The bytes read and not yet consumed are buffer_[begin_, end_).
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Bytes consumed since the input's start, byte order mark included.
  std::uint64_t offset_ = 0;
  /// Records that begin before this offset are confined to one line.
  std::uint64_t one_line_until_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t next_line_ = 1;
  bool started_ = false;
  bool skipping_line_ = false;
  std::optional<Failure> failure_;
  std::vector<std::string_view> fields_;
  std::string_view rejected_text_;
};

}  // namespace dosimeter::sim
