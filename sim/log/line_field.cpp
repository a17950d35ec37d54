#include "sim/log/line_field.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

FieldText LogRow::*part_for(LogColumn column) {
  switch (column) {
    case LogColumn::host:
      return &LogRow::host;
    case LogColumn::method:
      return &LogRow::http_method;
    case LogColumn::path:
      return &LogRow::target;
    case LogColumn::service:
      return &LogRow::service_name;
    case LogColumn::service_type:
      return &LogRow::service_type;
    case LogColumn::trace_header:
      return &LogRow::trace_header;
    case LogColumn::resource_arn:
      return &LogRow::resource_arn;
    case LogColumn::instance:
      return &LogRow::instance;
    case LogColumn::time:
    case LogColumn::date:
    case LogColumn::request:
    case LogColumn::status:
    case LogColumn::latency:
    case LogColumn::trace:
    case LogColumn::client:
    case LogColumn::count:
      break;
  }
  return nullptr;
}

std::optional<std::size_t> field_named(std::span<const LineField> fields, std::string_view name) {
  const std::string wanted = normalized_header(name);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view full = fields[i].name;
    if (full.empty()) continue;
    if (wanted == normalized_header(full) ||
        (full.ends_with(":port") && wanted == full.substr(0, full.find(':')))) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<FieldChoice>, Failure> choose_fields(std::span<const LineField> fields,
                                                        const ColumnOverrides& overrides,
                                                        std::string_view place,
                                                        std::string_view whose) {
  std::vector<FieldChoice> choices;
  for (const LogColumnFacts& facts : log_columns()) {
    const std::optional<std::string>& wanted = overrides.header(facts.column);
    if (!wanted) continue;
    const std::string option =
        facts.column == LogColumn::instance
            ? fmt::format("--instance-column {}", without_controls(*wanted))
            : fmt::format("--map {}={}", facts.name, without_controls(*wanted));
    const auto failure = [&](const std::string& message) {
      return Failure{ExitCode::usage, fmt::format("{}: {}: {}", place, option, message)};
    };
    FieldText LogRow::*const part = part_for(facts.column);
    if (part == nullptr) return failure(fmt::format("{} has its own {}", whose, facts.name));
    const auto field = field_named(fields, *wanted);
    if (!field) {
      std::vector<std::string_view> names;
      for (const LineField& known : fields) {
        if (!known.name.empty()) names.push_back(known.name);
      }
      const auto near = nearest_name(*wanted, names);
      return failure(fmt::format("no such field{}; {} has {}",
                                 near ? fmt::format(" (did you mean {}?)", *near) : "", whose,
                                 fmt::join(names, ", ")));
    }
    choices.push_back({facts.column, part, *field});
  }
  return choices;
}

bool fields_have(std::span<const LineField> fields, LogColumn column,
                 const ColumnOverrides& overrides) noexcept {
  const bool of_a_request = column == LogColumn::method || column == LogColumn::path;
  const auto feeds = [&](const LineField& field) {
    return field.feeds == column || (of_a_request && field.feeds == LogColumn::request);
  };
  return std::any_of(fields.begin(), fields.end(), feeds) || overrides.header(column).has_value();
}

}  // namespace dosimeter::sim
