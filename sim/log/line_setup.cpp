#include "sim/log/line_setup.h"

#include "sim/log/log_column.h"
#include "sim/log/wanted_columns.h"

#include <fmt/format.h>

namespace dosimeter::sim {

Result<LineSetup, Failure> make_line_setup(const FormatFront& front, const LogOptions& options,
                                           std::span<const LineField> fields,
                                           std::string_view whose) {
  auto choices = choose_fields(fields, options.columns, front.front.name_in_place, whose);
  if (!choices) return choices.error();
  const auto has = [&](LogColumn column) { return fields_have(fields, column, options.columns); };
  if (const auto lack = lacks_wanted_column(options.wanted, has)) {
    return Failure{ExitCode::usage, fmt::format("{}: {}", front.front.name_in_place, *lack)};
  }
  return LineSetup{&front.format,
                   fields,
                   front.prefix,
                   options.reads_status,
                   !options.service_is_named,
                   options.zone,
                   std::move(choices).value()};
}

FormatMapping mapping_of(const LineSetup& setup) {
  FormatMapping mapping{setup.format->name, {}, setup.format->start};
  for (const LogColumnFacts& column : log_columns()) {
    std::string from;
    const auto add = [&](const LineField& field) {
      from += (from.empty() ? "" : ", ") + std::string(field.name);
    };
    const bool is_read = column.column == LogColumn::status    ? setup.reads_status
                         : column.column == LogColumn::service ? setup.reads_service
                                                               : column.read;
    for (const LineField& field : setup.fields) {
      if (is_read && field.feeds == column.column) add(field);
    }
    for (const FieldChoice& choice : setup.choices) {
      if (choice.column != column.column) continue;
      from.clear();
      add(setup.fields[choice.field]);
    }
    if (!from.empty()) mapping.sources.push_back({column.column, std::move(from)});
  }
  return mapping;
}

FormatMapping LineFormat::mapping() const {
  return mapping_of(setup_);
}

}  // namespace dosimeter::sim
