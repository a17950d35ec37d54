#pragma once

#include "sim/log/csv_columns.h"
#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// The largest count one row may have.
inline constexpr std::uint64_t kMaxRowCount = 1'000'000'000'000;

/// What a record turned out to be.
enum class RowKind : unsigned char {
  row,
  rejected,
  /// All fields are empty: a blank line.
  skipped,
};

/// Reads split records into rows. Its only state is the columns, so any number of threads may share
/// one.
class CsvFormat {
 public:
  explicit CsvFormat(const CsvColumns& columns) noexcept : columns_(columns) {}

  /// Sets all of `row`, or `rejected`, whose views point into the fields. Blanks around a field's
  /// text are dropped, and an empty field or `-` is absent. An absolute URL as path gives its path
  /// and query, and its authority as host where the row has none. A count may end in `.0`.
  /// Allocates nothing.
  [[nodiscard]] RowKind read(std::span<const std::string_view> fields, LogRow& row,
                             RejectedRow& rejected) const noexcept;

 private:
  CsvColumns columns_;
};

}  // namespace dosimeter::sim
