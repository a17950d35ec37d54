#include "sim/log/line_setup.h"

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
  return LineSetup{front.prefix, options.reads_status, !options.service_is_named, options.zone,
                   std::move(choices).value()};
}

}  // namespace dosimeter::sim
