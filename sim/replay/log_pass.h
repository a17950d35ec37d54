#pragma once

#include <dosimeter/result.h>
#include <dosimeter/time_point.h>

#include "sim/failure.h"
#include "sim/log/log_blocks.h"
#include "sim/replay/pass_work.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/row_filter.h"
#include "sim/replay/traffic_scale.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// Which rows of which logs are replayed. Every value is checked by whoever makes it.
struct LogSelection {
  std::vector<std::string> paths;
  LogOptions log;
  /// Rows before `from` and rows at or after `to` are filtered out.
  std::optional<TimePoint> from;
  std::optional<TimePoint> to;
  /// Which of the rest are filtered out besides; nothing where none is.
  std::shared_ptr<const RowFilter> where = {};
  /// How many requests the rows stand for.
  TrafficScale scale = {};
  /// A row that cannot be read ends the pass.
  bool strict = false;
  /// How many threads read and match, at least 1. No figure depends on it.
  unsigned threads = 1;
};

/// How far a pass has come.
struct ReplayProgress {
  std::uint64_t bytes_read = 0;
  std::optional<std::uint64_t> bytes_total;
  std::uint64_t rows = 0;
};

/// Who watches a pass. Called after every few thousand rows, by any thread, never by two at once.
struct ReplayObserver {
  std::function<void(const ReplayProgress&)> progress = [](const ReplayProgress&) {};
  /// True ends the pass early; what was read until then is reported as partial.
  std::function<bool()> stop = [] { return false; };
};

/// Reads logs once, from front to back, and counts what became of their rows; what the rows mean is
/// for whoever they are put to. Not thread-safe; within `run` as many threads work as are asked
/// for.
class LogPass {
 public:
  /// Fails with input_output where a log cannot be read, with usage where its content is wrong.
  /// Where the observer says stop while the first line is waited for, the pass is there and holds
  /// no row.
  [[nodiscard]] static Result<LogPass, Failure> open(const LogSelection& selection,
                                                     const ReplayObserver& observer);

  /// Puts every row that is not filtered out to the work, block by block. Once. Fails with
  /// input_output where a log cannot be read, with usage for a row that cannot be read where that
  /// is strict, and for more than kMaximumRequests.
  [[nodiscard]] std::optional<Failure> run(const ReplayObserver& observer, PassWork& work);

  /// What the pass found. REQUIRES: it has run.
  [[nodiscard]] const RowCounts& counts() const noexcept { return counts_; }
  [[nodiscard]] std::vector<LogNotice> notices() const;
  [[nodiscard]] std::vector<FormatUse> formats() const;
  [[nodiscard]] bool partial() const noexcept { return partial_; }

 private:
  explicit LogPass(const LogSelection& selection) : selection_(selection) {
    // RowMultiplier says why.
    if (selection.scale.draws()) selection_.threads = 1;
  }

  LogSelection selection_;
  /// Nothing where the pass was stopped before it began.
  std::optional<LogBlocks> blocks_;
  RowCounts counts_;
  bool partial_ = false;
};

}  // namespace dosimeter::sim
