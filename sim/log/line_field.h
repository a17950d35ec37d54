#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/column_overrides.h"
#include "sim/log/log_column.h"
#include "sim/log/log_row.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// A field of a format whose lines have no header.
struct LineField {
  /// As the format's manual has it, for `--map` and `--instance-column`: `client:port`. Empty where
  /// it is the rest of the field before, as a stamp's zone.
  std::string_view name;
  /// What it tells of a row; nothing for the fields that no result depends on.
  std::optional<LogColumn> feeds = std::nullopt;
};

/// A field that the user has chosen for a part of the row.
struct FieldChoice {
  LogColumn column = LogColumn::host;
  FieldText LogRow::*part = nullptr;
  /// Where its name stands in the format's table.
  std::size_t field = 0;
};

/// What `--map` and `--instance-column` say, by the fields' names, compared as headers of CSV are;
/// `client` will do for `client:port`. Fails with ExitCode::usage where there is no such field, or
/// where a part is one that these logs have one way to tell: the time, the request line, the count.
/// `place` stands in front of messages; `whose` goes on as "has": `a load balancer's log`.
[[nodiscard]] Result<std::vector<FieldChoice>, Failure> choose_fields(
    std::span<const LineField> fields, const ColumnOverrides& overrides, std::string_view place,
    std::string_view whose);

/// Whether rows of these fields can have that column: by a field, by a request line that holds it,
/// or by what the user has chosen.
[[nodiscard]] bool fields_have(std::span<const LineField> fields, LogColumn column,
                               const ColumnOverrides& overrides) noexcept;

}  // namespace dosimeter::sim
