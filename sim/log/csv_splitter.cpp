#include "sim/log/csv_splitter.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

namespace dosimeter::sim {
CsvSplitter::CsvSplitter(std::unique_ptr<ByteSource> source)
    : CsvSplitter(std::move(source), Limits{}) {}

CsvSplitter::CsvSplitter(std::unique_ptr<ByteSource> source, Limits limits)
    : source_(std::move(source)), limits_(limits) {
  assert(source_ != nullptr && limits_.max_record_bytes > 0 && limits_.block_bytes > 0);
}

/// Reads once, up to one block, behind the held bytes: a full block is not waited for. False where
/// the source fails or has failed.
bool CsvSplitter::fill() {
  if (failure_) return false;
  if (begin_ != 0) {
    std::memmove(buffer_.data(), front(), held());
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + limits_.block_bytes) buffer_.resize(end_ + limits_.block_bytes);
  const auto count = source_->read(std::span<char>(buffer_).subspan(end_, limits_.block_bytes));
  if (!count) {
    failure_ = count.error();
    return false;
  }
  end_ += count.value();
  scope_.last = count.value() == 0;
  return true;
}

void CsvSplitter::consume(std::size_t bytes, std::uint64_t lines) noexcept {
  begin_ += bytes;
  offset_ += bytes;
  next_line_ += lines;
}

/// False where the source fails before it is clear whether there is one.
bool CsvSplitter::skip_byte_order_mark() {
  while (held() < kByteOrderMark.size() && !scope_.last &&
         kByteOrderMark.starts_with(std::string_view(front(), held()))) {
    if (!fill()) return false;
  }
  started_ = true;
  if (std::string_view(front(), held()).starts_with(kByteOrderMark)) {
    consume(kByteOrderMark.size(), 0);
  }
  return true;
}

Result<std::string_view, Failure> CsvSplitter::peek_line() {
  if (!started_ && !skip_byte_order_mark()) return *failure_;
  std::size_t start = 0;
  std::size_t searched = 0;
  for (;;) {
    const std::string_view text(front(), held());
    start = std::min(text.find_first_not_of("\r\n", start), text.size());
    const std::size_t feed = std::min(text.find('\n', std::max(start, searched)), text.size());
    const std::size_t length = std::min(feed - start, limits_.max_record_bytes);
    if (feed < text.size() || scope_.last || text.size() >= limits_.max_record_bytes) {
      return text.substr(start, length);
    }
    searched = text.size();
    if (!fill()) return *failure_;
  }
}

/// Drops the rest of a line that is rejected already. False where the source failed.
bool CsvSplitter::skip_long_line() {
  for (;;) {
    const std::size_t feed = std::string_view(front(), held()).find('\n');
    if (feed != std::string_view::npos) {
      consume(feed + 1, 1);
      break;
    }
    consume(held(), 0);
    if (scope_.last) break;
    if (!fill()) return false;
  }
  skipping_line_ = false;
  return true;
}

CsvEvent CsvSplitter::reject(CsvEvent why) {
  const std::string_view text(front(), std::min(held(), limits_.max_record_bytes + 1));
  const std::size_t feed = text.find('\n');
  rejected_text_ = text.substr(0, feed);
  if (feed == text.npos) {
    skipping_line_ = true;
    return why;
  }
  if (!scope_.one_line) {
    one_line_until_ = why == CsvEvent::too_long ? offset_ + limits_.max_record_bytes
                                                : std::numeric_limits<std::uint64_t>::max();
  }
  consume(feed + 1, 1);
  return why;
}

CsvEvent CsvSplitter::next() {
  if (!started_ && !skip_byte_order_mark()) return CsvEvent::failed;
  if (skipping_line_ && !skip_long_line()) return CsvEvent::failed;
  line_ = next_line_;
  scope_.one_line = offset_ < one_line_until_;
  CsvRecordScan scan;
  for (;;) {
    if (held() == 0) {
      if (scope_.last) return CsvEvent::end;
      if (!fill()) return CsvEvent::failed;
      continue;
    }
    const CsvRecordEnd found = find_csv_record_end(front(), front() + held(), scope_, scan);
    const bool ends = found.kind == CsvRecordEnd::Kind::record ||
                      (found.kind == CsvRecordEnd::Kind::open_quote && scope_.one_line);
    const std::size_t feed = ends && front()[found.length - 1] == '\n' ? 1 : 0;
    const std::size_t content = ends ? found.length - feed : held();
    if (content > limits_.max_record_bytes) return reject(CsvEvent::too_long);
    switch (found.kind) {
      case CsvRecordEnd::Kind::record:
        split_csv_record(front(), found, scope_.delimiter, fields_);
        consume(found.length, found.lines);
        return CsvEvent::record;
      case CsvRecordEnd::Kind::open_quote:
        return reject(CsvEvent::unterminated_quote);
      case CsvRecordEnd::Kind::incomplete:
        scan = found.scan;
        if (!fill()) return CsvEvent::failed;
    }
  }
}

}  // namespace dosimeter::sim
