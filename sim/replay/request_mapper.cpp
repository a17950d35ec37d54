#include "sim/replay/request_mapper.h"

namespace dosimeter::sim {
namespace {

FieldText written(const FieldText& text) noexcept {
  const bool is_dash = text && text->size() == 1 && text->front() == '-';
  return is_dash ? std::nullopt : text;
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
      defaults_(std::move(defaults)),
      text_(text),
      as_sent_(text.service_type_supply == FieldSupply::filled_in &&
               text.host_supply == FieldSupply::filled_in &&
               text.query_string == QueryString::removed && text.host_port == HostPort::kept &&
               text.path_encoding == PathEncoding::as_sent &&
               (text.base_path == BasePath::kept || defaults_.base_path.empty()) &&
               !defaults_.naming_pattern) {}

Request RequestMapper::map(const LogRow& row) {
  FieldText target = written(row.target);
  if (target && !defaults_.rewrites.empty()) {
    target = defaults_.rewrites.apply(*target, rewritten_);
  }
  return as_sent_ ? map_as_sent(row, target) : map_by_view(row, target);
}

/// As map_by_view, where the view leaves all as it is: a host and its port put together again are
/// the header.
Request RequestMapper::map_as_sent(const LogRow& row, FieldText target) const {
  Request request{.service_name = or_else(written(row.service_name), defaults_.service_name),
                  .service_type = written(row.service_type),
                  .host = or_else(written(row.host), defaults_.host),
                  .http_method = written(row.http_method),
                  .url_path = target,
                  .resource_arn = written(row.resource_arn)};
  if (request.url_path) request.url_path = mapped_part(*request.url_path);
  request.upstream = upstream(row);
  return request;
}

Request RequestMapper::map_by_view(const LogRow& row, FieldText target) {
  RawRequest raw{.service_name = or_else(written(row.service_name), defaults_.service_name),
                 .service_type = written(row.service_type),
                 .http_method = written(row.http_method),
                 .resource_arn = written(row.resource_arn),
                 .trace_header = row.trace_header};
  if (const FieldText host = or_else(written(row.host), defaults_.host)) raw.set_host(*host);
  if (target) raw.set_target(*target);
  return view_.view(raw);
}

}  // namespace dosimeter::sim
