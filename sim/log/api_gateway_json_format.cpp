#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// API Gateway's access log as a template in JSON: keys are the user's, most likely those of the
/// console's or the names of `$context`. The time is that of the request. Source: "API Gateway
/// mapping template and access logging variable reference".
constexpr std::array<LineField, 20> kFields = {{
    {"requestTimeEpoch", LogColumn::time},
    {"requestTime", LogColumn::time},
    {"time", LogColumn::time},
    {"timestamp", LogColumn::time},
    {"domainName", LogColumn::host},
    {"host", LogColumn::host},
    {"httpMethod", LogColumn::method},
    {"method", LogColumn::method},
    {"path", LogColumn::path},
    {"requestPath", LogColumn::path},
    {"resourcePath", LogColumn::path},
    {"routeKey", LogColumn::request},
    {"status", LogColumn::status},
    {"traceHeader", LogColumn::trace_header},
    {"xrayTraceId", LogColumn::trace_header},
    {"sourceIp", LogColumn::client},
    {"ip", LogColumn::client},
    {"responseLatency", LogColumn::latency},
    {"stage"},
    {"apiId"},
}};
constexpr std::size_t kMethod = 6;
constexpr std::size_t kOtherMethod = 7;
constexpr std::size_t kFirstPath = 8;
constexpr std::size_t kRoute = 11;

class ApiGatewayJsonFormat final : public JsonFormat {
 public:
  explicit ApiGatewayJsonFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    const bool has_request = values.text(kMethod) || values.text(kOtherMethod) ||
                             values.text(kRoute) || values.text(kFirstPath);
    if (!has_request) return read.skip(SkipReason::other_program);
    if (const RowKind kind = set_row_time(values, line, {}, scratch, read); kind != RowKind::row) {
      return kind;
    }
    // `$default` is a route, and `$connect` one of a WebSocket; neither is a request line.
    if (values[kRoute].text.starts_with('$')) {
      if (!values.text(kMethod) && !values.text(kOtherMethod)) {
        return read.skip(SkipReason::connection);
      }
      return set_parts(values, scratch, read, RequestLines::left_out);
    }
    return set_parts(values, scratch, read);
  }
};

bool knows_api_gateway(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has_any_like({"requestId", "extendedRequestId", "apiId"}) &&
         keys.has_any_like({"requestTime", "requestTimeEpoch"}) &&
         keys.has_any_like({"httpMethod", "routeKey", "resourcePath"});
}

}  // namespace

const FormatFacts kApiGatewayJson = {
    "api-gateway-json", "API Gateway access logs in JSON", "the request time", knows_api_gateway,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_json<ApiGatewayJsonFormat>(front, options, kFields, "API Gateway's log");
    }};

}  // namespace dosimeter::sim
