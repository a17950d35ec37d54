#pragma once

#include "sim/log/csv_columns.h"
#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"
#include "sim/log/row_kind.h"
#include "sim/log/zone_offset.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// The largest count one row may have.
inline constexpr std::uint64_t kMaxRowCount = 1'000'000'000'000;

/// Reads split records into rows. Its only state is the columns, so any number of threads may share
/// one.
class CsvFormat {
 public:
  /// `zone` is that of stamps that name none.
  explicit CsvFormat(const CsvColumns& columns, bool reads_status = false,
                     ZoneOffset zone = {}) noexcept
      : columns_(columns), reads_status_(reads_status), zone_(zone) {}

  /// Sets all of `row`, or `rejected`, whose views point into the fields. Blanks around a field's
  /// text are dropped, and an empty field or `-` is absent. An absolute URL as path gives its path
  /// and query, and its authority as host where the row has none. A count may end in `.0`.
  /// Allocates nothing.
  [[nodiscard]] RowKind read(std::span<const std::string_view> fields, LogRow& row,
                             RejectedRow& rejected) const noexcept;

 private:
  CsvColumns columns_;
  bool reads_status_;
  ZoneOffset zone_;
};

/// The text of a field; blanks around it are dropped, and an empty one or `-` is absent.
[[nodiscard]] FieldText present_text(std::string_view field) noexcept;

/// Sets the row's target, and its host where it has none, from a path or an absolute URL.
void set_row_target(std::string_view text, LogRow& row) noexcept;

/// The status that a field holds: three digits, 100 to 999; 0 for anything else.
[[nodiscard]] std::uint16_t parse_status(std::string_view field) noexcept;

}  // namespace dosimeter::sim
