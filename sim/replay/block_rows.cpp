#include "sim/replay/block_rows.h"

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

class CountingSink final : public RowSink {
 public:
  CountingSink(BlockInWork& block, const LogSelection& selection, RowMultiplier& multiplier,
               std::uint64_t most_requests, RowReader& reader) noexcept
      : block_(block),
        selection_(selection),
        multiplier_(multiplier),
        multiplies_(multiplier.changes()),
        most_requests_(most_requests),
        reader_(reader),
        counted_to_(block.held.block.text.data()) {}

  bool wants_keys() override { return reader_.wants_keys(); }
  std::uint32_t expect(std::span<const RowKey> keys) override {
    const std::uint32_t known = reader_.expect(keys);
    return selection_.where || multiplies_ ? 0 : known;
  }

  bool row(const LogRow& row, const char* at) override {
    if (!multiplies_) return put(row, row, at);
    LogRow multiplied = row;
    multiplied.count = multiplier_.requests(row);
    return put(multiplied, row, at);
  }

  bool known_rows(std::span<KnownRow> rows) override {
    const std::uint64_t most = most_requests_ - std::min(block_.counts.rows, most_requests_);
    const bool are_too_many = rows.size() > most;
    if (are_too_many) {
      block_.too_many_at = rows[static_cast<std::size_t>(most)].at;
      rows = rows.first(static_cast<std::size_t>(most));
    }
    block_.counts.rows += rows.size();
    TimePoint latest = block_.latest.value_or(TimePoint::min());
    for (KnownRow& row : rows) {
      row.earlier = row.time < latest;
      latest = std::max(latest, row.time);
    }
    if (!rows.empty()) block_.latest = latest;
    if (selection_.from || selection_.to) {
      const auto out = std::remove_if(
          rows.begin(), rows.end(), [this](const KnownRow& row) { return !is_in_span(row.time); });
      block_.counts.filtered_rows += static_cast<std::uint64_t>(rows.end() - out);
      rows = rows.first(static_cast<std::size_t>(out - rows.begin()));
    }
    if (!rows.empty()) reader_.put_known(rows);
    return !are_too_many;
  }

  bool rejected(const RejectedRow& rejected, const char* at) override {
    RowCounts& counts = block_.counts;
    ++counts.rows;
    ++counts.rejected_rows;
    std::uint64_t& of_the_reason =
        counts.rejected_by_reason[static_cast<std::size_t>(rejected.reason)];
    if (++of_the_reason <= kExamplesOfAReason) {
      counts.rejected_examples.push_back(
          {"", line_of(at), rejected.reason, rejected_row_message(rejected)});
    }
    return !selection_.strict;
  }

  void skipped(SkipReason reason, const char*) override {
    ++block_.counts.rows;
    ++block_.counts.skipped_rows;
    ++block_.counts.skipped_by_reason[static_cast<std::size_t>(reason)];
  }

 private:
  [[nodiscard]] bool is_in_span(TimePoint time) const noexcept {
    return !(selection_.from && time < *selection_.from) &&
           !(selection_.to && time >= *selection_.to);
  }

  /// `logged` is the row as the log has it.
  bool put(const LogRow& row, const LogRow& logged, const char* at) {
    RowCounts& counts = block_.counts;
    if (counts.rows > most_requests_ || row.count > most_requests_ - counts.rows) {
      block_.too_many_at = at;
      return false;
    }
    counts.rows += row.count;
    const bool earlier = block_.latest && row.time < *block_.latest;
    if (!earlier) block_.latest = row.time;
    if (!is_in_span(row.time) || (selection_.where && !selection_.where->keeps(logged))) {
      counts.filtered_rows += row.count;
    } else {
      reader_.put(row, at, earlier);
    }
    return true;
  }

  /// From 0. REQUIRES: not before the one asked for last.
  std::uint64_t line_of(const char* at) {
    line_ += static_cast<std::uint64_t>(std::count(counted_to_, at, '\n'));
    counted_to_ = at;
    return line_;
  }

  BlockInWork& block_;
  const LogSelection& selection_;
  RowMultiplier& multiplier_;
  bool multiplies_;
  std::uint64_t most_requests_;
  RowReader& reader_;
  const char* counted_to_;
  std::uint64_t line_ = 0;
};

}  // namespace

void read_rows(BlockInWork& block, const LogSelection& selection, RowMultiplier& multiplier,
               std::uint64_t most_requests, RowReader& reader) {
  block.counts = {};
  block.latest.reset();
  block.too_many_at = nullptr;
  reader.begin(*block.result);
  CountingSink sink(block, selection, multiplier, most_requests, reader);
  const LogBlock& read = block.held.block;
  if (read.rejected) {
    static_cast<void>(sink.rejected({*read.rejected, read.text}, read.text.data()));
    block.lines = 1;
    return;
  }
  block.lines = block.held.format->read(read, block.scratch, sink);
}

}  // namespace dosimeter::sim
