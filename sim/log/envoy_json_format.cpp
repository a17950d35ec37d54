#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Envoy's access log in JSON: keys are the user's, most likely those of Istio. The time is the
/// start. Source: "Envoy Access Logs" in Istio's documentation.
constexpr std::array<LineField, 14> kFields = {{
    {"start_time", LogColumn::time},
    {"authority", LogColumn::host},
    {"method", LogColumn::method},
    {"path", LogColumn::path},
    {"response_code", LogColumn::status},
    {"x_amzn_trace_id", LogColumn::trace_header},
    {"duration", LogColumn::latency},
    {"downstream_remote_address", LogColumn::client},
    {"request_id"},
    {"user_agent"},
    {"upstream_cluster"},
    {"upstream_host"},
    {"route_name"},
    {"requested_server_name"},
}};
constexpr std::size_t kStartTime = 0;
constexpr std::size_t kMethod = 2;
constexpr std::size_t kPath = 3;

class EnvoyJsonFormat final : public JsonFormat {
 public:
  explicit EnvoyJsonFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    if (!values.text(kMethod) && !values.text(kPath)) {
      // Envoy's own messages have no start; a connection of TCP has one, and no method.
      return read.skip(values.text(kStartTime) ? SkipReason::connection
                                               : SkipReason::other_program);
    }
    const RowKind kind = set_row_time(values, line, {}, scratch, read);
    return kind == RowKind::row ? set_parts(values, scratch, read) : kind;
  }
};

bool knows_envoy(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has("start_time") && keys.has_any({"response_code", "response_flags"}) &&
         keys.has_any({"authority", "upstream_cluster", "upstream_host", "x_forwarded_for"});
}

}  // namespace

const FormatFacts kEnvoyJson = {
    "envoy-json", "Envoy and Istio access logs in JSON", "the start time", knows_envoy,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_json<EnvoyJsonFormat>(front, options, kFields, "Envoy's log");
    }};

}  // namespace dosimeter::sim
