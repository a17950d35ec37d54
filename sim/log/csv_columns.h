#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/column_overrides.h"
#include "sim/log/log_column.h"
#include "sim/log/log_notice.h"

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// A header line with more is refused, so that no message and no table grows with it.
inline constexpr std::size_t kMaxHeaderColumns = 4096;
inline constexpr std::size_t kNoColumn = std::numeric_limits<std::size_t>::max();

/// Where the fields of a record go. Made by `choose_csv_columns` alone, which sees to it that
/// `time` is there.
struct CsvColumns {
  /// Per LogColumn the index of its field in a record, or kNoColumn.
  std::array<std::size_t, kLogColumnCount> index;
  /// Fields of the header.
  std::size_t header_fields = 0;
  /// Fields a record must have at least so that no column that is read is missing.
  std::size_t least_fields = 0;

  [[nodiscard]] std::size_t operator[](LogColumn column) const noexcept {
    return index[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] bool has(LogColumn column) const noexcept { return (*this)[column] != kNoColumn; }
};

struct CsvColumnChoice {
  CsvColumns columns;
  /// What was left aside: `unused_columns`, `duplicate_columns`.
  std::vector<LogNotice> notices;
};

/// Chooses by the header line which field feeds which column.
///
/// An override wins, and its header feeds nothing else unless another override says so. Elsewhere
/// the first of the column's names that the header has wins, and of equal headers the first; a pair
/// of `date` and `time` wins over every single time column. A request line is read only for what
/// has no column of its own, method or path. Headers that fit a column but lost, and second ones of
/// the same name, are notices. Linear in the headers.
///
/// Fails with ExitCode::usage, the message beginning with `place` (`x.csv:1`): more than
/// kMaxHeaderColumns, no column for the time, an override whose header is not there, or data where
/// the header should be. REQUIRES: `headers` is not empty.
[[nodiscard]] Result<CsvColumnChoice, Failure> choose_csv_columns(
    std::span<const std::string_view> headers, const ColumnOverrides& overrides,
    std::string_view place);

}  // namespace dosimeter::sim
