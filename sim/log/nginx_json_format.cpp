#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// NGINX's access log as a template in JSON: keys are the user's, most likely the variables' names.
/// The time is that of logging, the end. Source: ngx_http_log_module and ngx_http_core_module.
constexpr std::array<LineField, 29> kFields = {{
    {"msec", LogColumn::time},
    {"time_iso8601", LogColumn::time},
    {"time_local", LogColumn::time},
    {"@timestamp", LogColumn::time},
    {"timestamp", LogColumn::time},
    {"time", LogColumn::time},
    {"request_time", LogColumn::latency},
    {"http_host", LogColumn::host},
    {"host", LogColumn::host},
    {"vhost", LogColumn::host},
    {"server_name", LogColumn::host},
    {"request", LogColumn::request},
    {"request_method", LogColumn::method},
    {"method", LogColumn::method},
    {"request_uri", LogColumn::path},
    {"uri", LogColumn::path},
    {"url", LogColumn::path},
    {"path", LogColumn::path},
    {"service", LogColumn::service},
    {"status", LogColumn::status},
    {"response", LogColumn::status},
    {"http_x_amzn_trace_id", LogColumn::trace_header},
    {"x_amzn_trace_id", LogColumn::trace_header},
    {"remote_addr", LogColumn::client},
    {"http_user_agent"},
    {"server_port"},
    {"upstream_addr"},
    {"proxy_host"},
    {"request_id"},
}};
constexpr std::size_t kRequestTime = 6;
constexpr std::size_t kRequest = 11;

class NginxJsonFormat final : public JsonFormat {
 public:
  explicit NginxJsonFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    const bool has_path = values.first(LogColumn::path).has_value();
    if (!has_path && !values.text(kRequest)) {
      return read.skip(values[kRequest].kind == JsonValue::Kind::absent ? SkipReason::other_program
                                                                        : SkipReason::no_request);
    }
    const auto elapsed = json_duration(values[kRequestTime].text, std::chrono::seconds{1});
    if (!elapsed) return read.reject(RejectReason::unreadable_time, values[kRequestTime].text);
    const RowKind kind = set_row_time(values, line, *elapsed, scratch, read);
    return kind == RowKind::row ? set_parts(values, scratch, read) : kind;
  }
};

bool knows_nginx(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  const std::size_t own = keys.count_of(
      {"time_iso8601", "time_local", "msec", "remote_addr", "remote_user", "request_time",
       "request_uri", "body_bytes_sent", "upstream_response_time", "upstream_addr",
       "http_user_agent", "http_referer", "http_host", "http_x_forwarded_for",
       "http_x_amzn_trace_id", "request_method", "server_protocol"});
  return own >= 2 && keys.has_any({"request", "request_uri", "uri"}) &&
         keys.has_any({"msec", "time_iso8601", "time_local", "@timestamp", "timestamp", "time"});
}

}  // namespace

const FormatFacts kNginxJson = {
    "nginx-json", "NGINX access logs in JSON", "the time, less request_time where there is one",
    knows_nginx, [](const FormatFront& front, const LogOptions& options) {
      return choose_json<NginxJsonFormat>(front, options, kFields, "NGINX's log");
    }};

}  // namespace dosimeter::sim
