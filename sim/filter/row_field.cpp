#include "sim/filter/row_field.h"

namespace dosimeter::sim {
namespace {

using enum LogColumn;

constexpr LogColumn kMethodColumns[] = {method, request};
// An absolute URL as path has a host.
constexpr LogColumn kHostColumns[] = {host, path, request};
constexpr LogColumn kPathColumns[] = {path, request};
constexpr LogColumn kServiceColumns[] = {service};
constexpr LogColumn kServiceTypeColumns[] = {service_type};
constexpr LogColumn kStatusColumns[] = {status};
constexpr LogColumn kResourceArnColumns[] = {resource_arn};
constexpr LogColumn kTraceHeaderColumns[] = {trace_header, trace};
constexpr LogColumn kInstanceColumns[] = {instance};

constexpr std::array<RowFieldFacts, kRowFieldCount> kFieldFacts = {{
    {RowField::time, "time", RowFieldKind::time, {}},
    {RowField::method, "method", RowFieldKind::text, kMethodColumns},
    {RowField::host, "host", RowFieldKind::text, kHostColumns},
    {RowField::path, "path", RowFieldKind::text, kPathColumns},
    {RowField::query, "query", RowFieldKind::text, kPathColumns},
    {RowField::service, "service", RowFieldKind::text, kServiceColumns},
    {RowField::service_type, "service_type", RowFieldKind::text, kServiceTypeColumns},
    {RowField::status, "status", RowFieldKind::status, kStatusColumns},
    {RowField::resource_arn, "resource_arn", RowFieldKind::text, kResourceArnColumns},
    {RowField::trace_header, "trace_header", RowFieldKind::text, kTraceHeaderColumns},
    {RowField::instance, "instance", RowFieldKind::text, kInstanceColumns},
    {RowField::count, "count", RowFieldKind::count, {}},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFieldFacts.size(); ++i) {
    if (kFieldFacts[i].field != static_cast<RowField>(i)) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

const std::array<RowFieldFacts, kRowFieldCount>& row_fields() noexcept {
  return kFieldFacts;
}

const RowFieldFacts& facts_of(RowField field) noexcept {
  return kFieldFacts[static_cast<std::size_t>(field)];
}

std::optional<RowField> row_field_named(std::string_view name) {
  const std::string wanted = normalized_header(name);
  for (const RowFieldFacts& facts : kFieldFacts) {
    if (normalized_header(facts.name) == wanted) return facts.field;
  }
  return std::nullopt;
}

}  // namespace dosimeter::sim
