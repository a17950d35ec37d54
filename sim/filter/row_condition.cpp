#include "sim/filter/row_condition.h"

#include <optional>

namespace dosimeter::sim {
namespace {

FieldText path_of(const LogRow& row) noexcept {
  if (!row.target) return std::nullopt;
  return row.target->substr(0, row.target->find('?'));
}

FieldText query_of(const LogRow& row) noexcept {
  const std::size_t mark = row.target ? row.target->find('?') : std::string_view::npos;
  if (mark == std::string_view::npos) return std::nullopt;
  return row.target->substr(mark + 1);
}

/// A lone `-` is how logs write "nothing".
FieldText text_of(RowField field, const LogRow& row) noexcept {
  const auto written = [](const FieldText& text) noexcept -> FieldText {
    return text == "-" ? std::nullopt : text;
  };
  switch (field) {
    case RowField::method:
      return written(row.http_method);
    case RowField::host:
      return written(row.host);
    case RowField::path:
      return written(path_of(row));
    case RowField::query:
      return query_of(row);
    case RowField::service:
      return written(row.service_name);
    case RowField::service_type:
      return written(row.service_type);
    case RowField::resource_arn:
      return written(row.resource_arn);
    case RowField::trace_header:
      return row.trace_header;
    case RowField::instance:
      return row.instance;
    case RowField::time:
    case RowField::status:
    case RowField::count:
      break;
  }
  return std::nullopt;
}

/// Of a field that is no text.
std::optional<std::int64_t> number_of(RowField field, const LogRow& row) noexcept {
  switch (field) {
    case RowField::time:
      return row.time.time_since_epoch().count();
    case RowField::count:
      return static_cast<std::int64_t>(row.count);
    case RowField::status:
      if (row.status == 0) break;
      return row.status;
    case RowField::method:
    case RowField::host:
    case RowField::path:
    case RowField::query:
    case RowField::service:
    case RowField::service_type:
    case RowField::resource_arn:
    case RowField::trace_header:
    case RowField::instance:
      break;
  }
  return std::nullopt;
}

}  // namespace

bool RowCondition::holds(const LogRow& row) const noexcept {
  if (const auto* range = std::get_if<NumberRange>(&wanted)) {
    const auto number = number_of(field, row);
    return number && range->contains(*number) != negated;
  }
  if (const auto* pattern = std::get_if<Pattern>(&wanted)) {
    const FieldText text = text_of(field, row);
    return text && pattern->matches(*text) != negated;
  }
  const bool absent = !text_of(field, row) && !number_of(field, row);
  return absent != negated;
}

}  // namespace dosimeter::sim
