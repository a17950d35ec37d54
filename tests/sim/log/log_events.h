#pragma once

#include "sim/log/log_blocks.h"
#include "sim/log/quoted_text.h"
#include "sim/log/row_sink.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::test {

/// What a test says of a row.
using RowText = std::function<std::string(const sim::LogRow&)>;

/// All that a row holds.
inline std::string whole_row(const sim::LogRow& row) {
  std::string text = std::to_string(row.time.time_since_epoch().count()) + '/' +
                     std::to_string(row.time_digits) + " x" + std::to_string(row.count) + ' ' +
                     std::to_string(row.status);
  for (const FieldText* field :
       {&row.service_name, &row.service_type, &row.host, &row.http_method, &row.target,
        &row.resource_arn, &row.trace_header, &row.instance}) {
    text += ' ' + (*field ? sim::in_quotes(**field) : "absent");
  }
  return text;
}

inline std::string reject_text(const sim::RejectedRow& rejected, std::size_t most_bytes) {
  std::string text(sim::reject_reason_name(rejected.reason));
  text += ' ' + sim::in_quotes(rejected.text, most_bytes);
  if (rejected.expected_fields > 0) {
    text +=
        ' ' + std::to_string(rejected.fields) + " of " + std::to_string(rejected.expected_fields);
  }
  return text;
}

/// Writes one text for each event of a block: `2 row /a`.
class EventSink final : public sim::RowSink {
 public:
  EventSink(const sim::LogBlock& block, std::uint64_t first_line, const RowText& row_text,
            std::size_t most_bytes, std::vector<std::string>& events)
      : block_(block),
        first_line_(first_line),
        row_text_(row_text),
        most_bytes_(most_bytes),
        events_(events) {}

  bool wants_keys() override { return true; }
  bool row(const sim::LogRow& row, const char* at) override {
    add(at, "row " + row_text_(row));
    return true;
  }
  bool rejected(const sim::RejectedRow& rejected, const char* at) override {
    add(at, reject_text(rejected, most_bytes_));
    return true;
  }
  void skipped(sim::SkipReason, const char* at) override { add(at, "skipped"); }

 private:
  void add(const char* at, const std::string& what) {
    const auto feeds = static_cast<std::uint64_t>(std::count(block_.text.data(), at, '\n'));
    events_.push_back(std::to_string(block_.file) + ':' + std::to_string(first_line_ + feeds) +
                      ' ' + what);
  }

  const sim::LogBlock& block_;
  std::uint64_t first_line_;
  const RowText& row_text_;
  std::size_t most_bytes_;
  std::vector<std::string>& events_;
};

/// All events to the end or the failure, which is the last: `0:2 row /a`.
inline std::vector<std::string> log_events(
    sim::LogBlocks& blocks,
    const RowText& row_text =
        [](const sim::LogRow& row) { return std::string(row.target.value_or("absent")); },
    std::size_t most_bytes = 12) {
  std::vector<std::string> events;
  sim::HeldBlock held;
  sim::RowScratch scratch;
  std::size_t file = 0;
  std::uint64_t line = 1;
  for (;;) {
    const sim::BlockEvent event = blocks.next(held);
    if (event == sim::BlockEvent::failed) events.push_back("failed " + blocks.failure().message);
    if (event != sim::BlockEvent::block) return events;
    if (held.block.file != file) {
      file = held.block.file;
      line = 1;
    }
    line += held.block.lines_before;
    EventSink sink(held.block, line, row_text, most_bytes, events);
    if (held.block.rejected) {
      static_cast<void>(
          sink.rejected({*held.block.rejected, held.block.text}, held.block.text.data()));
      ++line;
    } else {
      line += held.format->read(held.block, scratch, sink);
    }
  }
}

}  // namespace dosimeter::test
