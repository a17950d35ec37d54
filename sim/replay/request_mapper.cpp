#include "sim/replay/request_mapper.h"

namespace dosimeter::sim {
namespace {

FieldText written(const FieldText& text) noexcept {
  return text == "-" ? std::nullopt : text;
}

FieldText or_else(const FieldText& text, const std::optional<std::string>& other) noexcept {
  if (text || !other) return text;
  return std::string_view(*other);
}

}  // namespace

std::optional<SegmentNaming> naming_by_host(const std::optional<std::string>& pattern,
                                            const MatchChoices& match) {
  if (!pattern) return std::nullopt;
  return SegmentNaming::dynamic(*pattern, "", match);
}

RequestMapper::RequestMapper(const RuleSet& rules, RequestDefaults defaults)
    : RequestMapper(rules.recorder().text, rules.choices(), std::move(defaults)) {}

RequestMapper::RequestMapper(const TextChoices& text, const MatchChoices& match,
                             RequestDefaults defaults)
    : view_(text, defaults.base_path, naming_by_host(defaults.naming_pattern, match)),
      defaults_(std::move(defaults)) {}

Request RequestMapper::map(const LogRow& row) {
  RawRequest raw{.service_name = or_else(written(row.service_name), defaults_.service_name),
                 .service_type = written(row.service_type),
                 .http_method = written(row.http_method),
                 .resource_arn = written(row.resource_arn),
                 .trace_header = row.trace_header};
  if (const FieldText host = or_else(written(row.host), defaults_.host)) raw.set_host(*host);
  if (const FieldText target = written(row.target)) raw.set_target(*target);
  return view_.view(raw);
}

}  // namespace dosimeter::sim
