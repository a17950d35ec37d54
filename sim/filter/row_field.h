#pragma once

#include "sim/log/log_column.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// What of a row a condition may ask about.
enum class RowField : unsigned char {
  time,
  method,
  host,
  /// Without its query.
  path,
  /// What stands behind the first `?` of the target.
  query,
  service,
  service_type,
  status,
  resource_arn,
  trace_header,
  instance,
  count,
};
inline constexpr std::size_t kRowFieldCount = 12;

/// How a field is compared.
enum class RowFieldKind : unsigned char { text, status, count, time };

/// What is known of a RowField.
struct RowFieldFacts {
  RowField field;
  /// As in an expression.
  std::string_view name;
  RowFieldKind kind;
  /// A log without any of these columns cannot have it; none where every row has it.
  std::span<const LogColumn> columns;
};

/// One entry per RowField, in its order.
[[nodiscard]] const std::array<RowFieldFacts, kRowFieldCount>& row_fields() noexcept;

/// REQUIRES: an enumerator.
[[nodiscard]] const RowFieldFacts& facts_of(RowField field) noexcept;

/// The field of that name, compared as headers are: `Service-Type` is `service_type`.
[[nodiscard]] std::optional<RowField> row_field_named(std::string_view name);

}  // namespace dosimeter::sim
