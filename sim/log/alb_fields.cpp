#include "sim/log/alb_fields.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>

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

std::optional<AlbField> field_named(std::string_view name) {
  const std::string wanted = normalized_header(name);
  for (std::size_t i = 0; i < kAlbFieldCount; ++i) {
    const std::string_view full = kAlbFieldNames[i];
    if (wanted == normalized_header(full) ||
        (full.ends_with(":port") && wanted == full.substr(0, full.find(':')))) {
      return static_cast<AlbField>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<AlbChoice>, Failure> choose_alb_fields(const ColumnOverrides& overrides,
                                                          std::string_view place) {
  std::vector<AlbChoice> choices;
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
    if (part == nullptr) {
      return failure(fmt::format("a load balancer's log has its own {}", facts.name));
    }
    const auto field = field_named(*wanted);
    if (!field) {
      const auto near = nearest_name(*wanted, kAlbFieldNames);
      return failure(fmt::format("no such field{}; a load balancer's log has {}",
                                 near ? fmt::format(" (did you mean {}?)", *near) : "",
                                 fmt::join(kAlbFieldNames, ", ")));
    }
    choices.push_back({facts.column, part, *field});
  }
  return choices;
}

bool alb_has(LogColumn column, const ColumnOverrides& overrides) noexcept {
  switch (column) {
    case LogColumn::time:
    case LogColumn::host:
    case LogColumn::method:
    case LogColumn::path:
    case LogColumn::request:
    case LogColumn::service:
    case LogColumn::status:
    case LogColumn::trace:
    case LogColumn::trace_header:
      return true;
    case LogColumn::date:
    case LogColumn::service_type:
    case LogColumn::latency:
    case LogColumn::resource_arn:
    case LogColumn::client:
    case LogColumn::count:
    case LogColumn::instance:
      break;
  }
  return overrides.header(column).has_value();
}

}  // namespace dosimeter::sim
