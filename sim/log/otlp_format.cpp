#include "sim/log/csv_format.h"
#include "sim/log/document_format.h"
#include "sim/log/formats.h"
#include "sim/log/json_keys.h"
#include "sim/log/json_parts.h"
#include "sim/log/json_paths.h"
#include "sim/log/json_reader.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::sim {
namespace {

/// What is read of a span and of its resource. Attributes of HTTP by the semantic conventions of
/// 1.23 and later, and by those before; of fields that feed the same the first in this order
/// counts. Sources: opentelemetry-proto, trace.proto and "JSON Protobuf Encoding" of the OTLP
/// specification; semantic-conventions, "HTTP spans", "Cloud", "AWS".
constexpr std::array<LineField, 31> kFields = {{
    {"startTimeUnixNano", LogColumn::time},
    {"http.request.method", LogColumn::method},
    {"http.request.method_original"},
    {"http.method", LogColumn::method},
    {"url.path", LogColumn::path},
    {"url.query"},
    {"http.target", LogColumn::path},
    {"url.full", LogColumn::path},
    {"http.url", LogColumn::path},
    {"http.route", LogColumn::path},
    {"server.address", LogColumn::host},
    {"server.port"},
    {"http.host", LogColumn::host},
    {"net.host.name", LogColumn::host},
    {"net.host.port"},
    {"http.server_name", LogColumn::host},
    {"http.response.status_code", LogColumn::status},
    {"http.status_code", LogColumn::status},
    {"client.address", LogColumn::client},
    {"name"},
    {"kind"},
    {"traceId"},
    {"parentSpanId"},
    {"url.scheme"},
    {"http.scheme"},
    {"resource.service.name", LogColumn::service},
    {"resource.cloud.platform", LogColumn::service_type},
    {"resource.aws.ecs.container.arn", LogColumn::resource_arn},
    {"resource.cloud.resource_id", LogColumn::resource_arn},
    {"resource.service.instance.id"},
    {"resource.host.name"},
}};
enum Field : std::size_t {
  kStart,
  kMethod,
  kMethodOriginal,
  kOldMethod,
  kPath,
  kQuery,
  kOldTarget,
  kUrl,
  kOldUrl,
  kRoute,
  kAddress,
  kPort,
  kOldHost,
  kOldHostName,
  kOldHostPort,
  kOldServerName,
  kStatus,
  kOldStatus,
  kClient,
  kName,
  kKind,
  kTraceId,
  kParentId,
  kScheme,
  kOldScheme,
  kFirstOfResource,
  kService = kFirstOfResource,
  kPlatform,
  kContainerArn,
  kResourceId,
};
constexpr std::string_view kResourcePrefix = "resource.";

bool is_attribute(std::size_t field) noexcept {
  return field != kStart && (field < kName || field == kScheme || field == kOldScheme);
}

/// Where simdjson finds the fields of a span, and those of a resource.
std::vector<std::string> span_names() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kFirstOfResource; ++i) {
    names.push_back((is_attribute(i) ? "attributes." : "") + std::string(kFields[i].name));
  }
  return names;
}
std::vector<std::string> resource_names() {
  std::vector<std::string> names;
  for (std::size_t i = kFirstOfResource; i < kFields.size(); ++i) {
    names.push_back("attributes." + std::string(kFields[i].name.substr(kResourcePrefix.size())));
  }
  return names;
}
JsonPaths paths_of(const std::vector<std::string>& names) {
  return JsonPaths(std::vector<std::string_view>(names.begin(), names.end()));
}

/// X-Ray's name of what a resource runs on, as OpenTelemetry's X-Ray exporter and samplers have it.
FieldText service_type_of(std::string_view platform) noexcept {
  struct Platform {
    std::string_view name;
    std::string_view type;
  };
  constexpr std::array<Platform, 6> kPlatforms = {{
      {"aws_ec2", "AWS::EC2::Instance"},
      {"aws_ecs", "AWS::ECS::Container"},
      {"aws_eks", "AWS::EKS::Container"},
      {"aws_elastic_beanstalk", "AWS::ElasticBeanstalk::Environment"},
      {"aws_lambda", "AWS::Lambda::Function"},
      {"aws_app_runner", "AWS::AppRunner::Service"},
  }};
  for (const Platform& one : kPlatforms) {
    if (one.name == platform) return one.type;
  }
  return std::nullopt;
}

bool is_request(std::string_view kind) noexcept {
  return kind == "2" || kind == "SPAN_KIND_SERVER" || kind == "5" || kind == "SPAN_KIND_CONSUMER";
}

bool is_hex(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

/// A span that has a parent; an id of zeros or `AAAAAAAAAAA=` is none.
bool has_parent(std::string_view id) noexcept {
  return !id.empty() && id.find_first_not_of('0') != id.npos && id != "AAAAAAAAAAA=";
}

/// The header by which the decision that was made upstream came: the span was recorded.
std::string_view header_of_recorded(std::string_view trace, std::string_view parent,
                                    TextArena& texts) {
  constexpr std::size_t kTraceBytes = 32;
  constexpr std::size_t kParentBytes = 16;
  constexpr std::size_t kTimeBytes = 8;
  const bool has_root = trace.size() == kTraceBytes && is_hex(trace);
  const bool has_span = parent.size() == kParentBytes && is_hex(parent);
  return texts.joined({has_root ? "Root=1-" : "", has_root ? trace.substr(0, kTimeBytes) : "",
                       has_root ? "-" : "", has_root ? trace.substr(kTimeBytes) : "",
                       has_root ? ";" : "", has_span ? "Parent=" : "", has_span ? parent : "",
                       has_span ? ";" : "", "Sampled=1"});
}

class OtlpFormat final : public DocumentFormat {
 public:
  OtlpFormat(LineSetup setup, bool whole)
      : DocumentFormat(*setup.format, setup.prefix, whole), setup_(std::move(setup)) {}

  [[nodiscard]] FormatMapping mapping() const override { return mapping_of(setup_); }

 protected:
  bool read_document(std::string_view document, RowScratch& scratch, LineRead& read,
                     DocumentRows& rows) const override {
    if (document.find_first_not_of(" \t\r\n") == document.find('[')) {
      bool all = true;
      const bool closed = each_json_element(document, [&](std::string_view element) {
        all = read_document(element, scratch, read, rows) && all;
        return !rows.done();
      });
      return closed && all;
    }
    bool has_spans = false;
    bool all = true;
    const bool closed =
        each_json_member(document, [&](std::string_view key, std::string_view value) {
          if (key != "resourceSpans") return;
          has_spans = true;
          all = each_json_element(value,
                                  [&](std::string_view spans) {
                                    all = read_resource(spans, scratch, read, rows) && all;
                                    return !rows.done();
                                  }) &&
                all;
        });
    // Metrics and logs may share the file.
    if (!has_spans && closed) rows.put(read.skip(SkipReason::other_program), read, document);
    return closed && all;
  }

 private:
  /// One of `resourceSpans`.
  bool read_resource(std::string_view text, RowScratch& scratch, LineRead& read,
                     DocumentRows& rows) const {
    std::array<JsonValue, kFields.size() - kFirstOfResource> resource{};
    std::array<std::string_view, 3> scopes;
    std::string_view resource_text;
    bool closed = each_json_member(text, [&](std::string_view key, std::string_view value) {
      if (key == "resource") resource_text = value;
      if (key == "scopeSpans") scopes[0] = value;
      if (key == "instrumentationLibrarySpans") scopes[1] = value;
      if (key == "ilSpans") scopes[2] = value;
    });
    if (!resource_text.empty()) {
      const auto values = scratch.json.read(resource_text, resource_paths_, scratch.texts);
      if (values) std::copy(values->begin(), values->end(), resource.begin());
      closed = closed && values;
    }
    std::sort(scopes.begin(), scopes.end(),
              [](auto left, auto right) { return left.data() < right.data(); });
    for (const std::string_view scope : scopes) {
      if (scope.empty()) continue;
      closed = each_json_element(
                   scope,
                   [&](std::string_view spans) {
                     closed = each_json_member(
                                  spans,
                                  [&](std::string_view key, std::string_view value) {
                                    if (key != "spans") return;
                                    closed = each_json_element(
                                                 value,
                                                 [&](std::string_view span) {
                                                   return rows.put(
                                                       read_span(span, resource, scratch, read),
                                                       read, span);
                                                 }) &&
                                             closed;
                                  }) &&
                              closed;
                     return !rows.done();
                   }) &&
               closed;
    }
    return closed;
  }

  RowKind read_span(std::string_view text, std::span<const JsonValue> resource, RowScratch& scratch,
                    LineRead& read) const {
    const auto found = scratch.json.read(text, span_paths_, scratch.texts);
    if (!found) return read.reject(RejectReason::malformed_json, text);
    const std::span<const JsonValue> values = *found;
    const auto text_of = [&](std::size_t field) {
      const JsonValue& value =
          field < kFirstOfResource ? values[field] : resource[field - kFirstOfResource];
      return value.kind == JsonValue::Kind::absent ? FieldText() : present_text(value.text);
    };
    if (!is_request(values[kKind].text)) return read.skip(SkipReason::no_request);
    const FieldText time = text_of(kStart);
    if (!time) return read.reject(RejectReason::no_time, text);
    const auto start = scratch.stamps.read(*time);
    if (!start) return read.reject(RejectReason::unreadable_time, *time);
    LogRow& row = read.row;
    row = LogRow{};
    set_time(*start, setup_.zone, row);
    row.http_method = text_of(kMethod);
    if (row.http_method == "_OTHER" && text_of(kMethodOriginal)) {
      row.http_method = text_of(kMethodOriginal);
    }
    if (!row.http_method) row.http_method = text_of(kOldMethod);
    row.host = host_of(text_of, scratch.texts);
    set_path(text_of, scratch.texts, row);
    if (setup_.reads_service) row.service_name = text_of(kService);
    if (const FieldText platform = text_of(kPlatform))
      row.service_type = service_type_of(*platform);
    row.resource_arn = text_of(kContainerArn);
    if (!row.resource_arn) row.resource_arn = text_of(kResourceId);
    if (row.resource_arn && !row.resource_arn->starts_with("arn:")) row.resource_arn.reset();
    if (setup_.reads_status) {
      const FieldText status = text_of(kStatus) ? text_of(kStatus) : text_of(kOldStatus);
      if (status) row.status = parse_status(*status);
    }
    if (has_parent(values[kParentId].text)) {
      row.trace_header =
          header_of_recorded(values[kTraceId].text, values[kParentId].text, scratch.texts);
    }
    set_choices(setup_, row, [&](std::size_t field) { return text_of(field).value_or(""); });
    return RowKind::row;
  }

  /// As a Host header has it: the port is left out where the scheme implies it.
  template <typename TextOf>
  static FieldText host_of(const TextOf& text_of, TextArena& texts) {
    const FieldText scheme = text_of(kScheme) ? text_of(kScheme) : text_of(kOldScheme);
    const auto with_port = [&](FieldText host, FieldText port) -> FieldText {
      const bool implied =
          !port || (*port == "443" && scheme != "http") || (*port == "80" && scheme != "https");
      if (!host || implied) return host;
      return texts.joined({*host, ":", *port});
    };
    if (const FieldText address = text_of(kAddress)) return with_port(address, text_of(kPort));
    if (const FieldText host = text_of(kOldHost)) return host;
    if (const FieldText name = text_of(kOldHostName)) {
      return with_port(name, text_of(kOldHostPort));
    }
    return text_of(kOldServerName);
  }

  template <typename TextOf>
  static void set_path(const TextOf& text_of, TextArena& texts, LogRow& row) {
    if (const FieldText path = text_of(kPath)) {
      const FieldText query = text_of(kQuery);
      row.target = query ? texts.joined({*path, "?", *query}) : *path;
      return;
    }
    for (const std::size_t field : {kOldTarget, kUrl, kOldUrl, kRoute}) {
      if (const FieldText text = text_of(field)) return set_row_target(*text, row);
    }
  }

  LineSetup setup_;
  JsonPaths span_paths_ = paths_of(span_names());
  JsonPaths resource_paths_ = paths_of(resource_names());
};

bool knows_otlp(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return false;
  return JsonKeys(text.substr(text[begin] == '[' ? begin + 1 : begin)).has("resourceSpans");
}

FormatResult make_otlp(const FormatFront& front, const LogOptions& options) {
  auto setup = make_line_setup(front, options, kFields, "an OTLP span");
  if (!setup) return setup.error();
  return chosen_format(std::make_unique<OtlpFormat>(std::move(setup).value(), front.whole));
}

}  // namespace

const FormatFacts kOtlp = {
    "otlp",     "OTLP/JSON traces", "the start of a server's or consumer's span",
    knows_otlp, make_otlp,          ".resourceSpans[] | {resourceSpans: [.]}"};

}  // namespace dosimeter::sim
