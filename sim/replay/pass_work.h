#pragma once

#include <dosimeter/time_point.h>

#include "sim/log/known_row.h"
#include "sim/log/log_row.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// What the rows of one block came to. There is one for each block in work, used again and again.
struct BlockResult {
  BlockResult() = default;
  BlockResult(const BlockResult&) = delete;
  BlockResult& operator=(const BlockResult&) = delete;
  virtual ~BlockResult() = default;
};

/// One thread's part of a PassWork.
class RowReader {
 public:
  RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;
  virtual ~RowReader() = default;

  /// The rows that follow are of the block of this result, which holds nothing from now on.
  virtual void begin(BlockResult& result) = 0;

  /// As RowSink's.
  [[nodiscard]] virtual bool wants_keys() { return false; }
  [[nodiscard]] virtual std::uint32_t expect(std::span<const RowKey> keys) {
    static_cast<void>(keys);
    return 0;
  }

  /// `at` is where the row's record begins. `earlier`: its time is before that of a row before it
  /// in the block, whether or not that one was filtered out. The row's texts live until the result
  /// has been taken.
  virtual void put(const LogRow& row, const char* at, bool earlier) = 0;

  /// As `put` for each, and faster.
  virtual void put_known(std::span<const KnownRow> rows) {
    for (const KnownRow& known : rows) put(known.as_row(), known.at, known.earlier);
  }
};

/// Where a block stands in its input.
struct BlockPlace {
  /// To stand in front of a line number.
  std::string file_name;
  std::uint64_t first_line = 1;
  std::string_view text;
  /// The latest time in front of the block in its file.
  std::optional<TimePoint> before;

  /// The line of a record of the block.
  [[nodiscard]] std::uint64_t line(const char* at) const {
    return first_line + static_cast<std::uint64_t>(std::count(text.data(), at, '\n'));
  }
};

/// What the rows of a pass are put to: on any thread into results of blocks, which are then taken
/// one by one in the order of the input.
class PassWork {
 public:
  virtual ~PassWork() = default;
  PassWork(const PassWork&) = delete;
  PassWork& operator=(const PassWork&) = delete;

  [[nodiscard]] virtual std::unique_ptr<BlockResult> make_result() const = 0;
  [[nodiscard]] virtual std::unique_ptr<RowReader> make_reader() const = 0;

  /// Whether the block can be taken as it is. If not, it is read again and then can be. Never
  /// called during `take`.
  [[nodiscard]] virtual bool accepts(const BlockResult& result) const = 0;
  virtual void take(BlockResult& result, const BlockPlace& place) = 0;

 protected:
  PassWork() = default;
};

}  // namespace dosimeter::sim
