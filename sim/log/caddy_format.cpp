#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Caddy's access log: the time is the end, the duration in seconds, or with a unit where Caddy is
/// configured so. Other loggers share the stream. Source: "Logging" in Caddy's documentation.
constexpr std::array<LineField, 14> kFields = {{
    {"ts", LogColumn::time},
    {"time", LogColumn::time},
    {"timestamp", LogColumn::time},
    {"duration", LogColumn::latency},
    {"request.host", LogColumn::host},
    {"request.method", LogColumn::method},
    {"request.uri", LogColumn::path},
    {"status", LogColumn::status},
    {"request.headers.X-Amzn-Trace-Id", LogColumn::trace_header},
    {"request.client_ip", LogColumn::client},
    {"request.remote_ip", LogColumn::client},
    {"logger"},
    {"msg"},
    {"server_name"},
}};
constexpr std::size_t kDuration = 3;
constexpr std::size_t kMethod = 5;
constexpr std::size_t kLogger = 11;
constexpr std::size_t kMessage = 12;

class CaddyFormat final : public JsonFormat {
 public:
  explicit CaddyFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    const bool is_access = values[kLogger].text.starts_with("http.log.access") ||
                           values[kMessage].text == "handled request";
    if (!is_access || !values.text(kMethod)) return read.skip(SkipReason::other_program);
    const auto elapsed = json_duration(values[kDuration].text, std::chrono::seconds{1});
    if (!elapsed) return read.reject(RejectReason::unreadable_time, values[kDuration].text);
    const RowKind kind = set_row_time(values, line, *elapsed, scratch, read);
    return kind == RowKind::row ? set_parts(values, scratch, read) : kind;
  }
};

bool knows_caddy(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has_all({"request", "duration", "status"}) && keys.has_any({"logger", "msg"}) &&
         keys.has_any({"ts", "time", "timestamp"});
}

}  // namespace

const FormatFacts kCaddy = {"caddy", "Caddy access logs", "the time less the duration", knows_caddy,
                            [](const FormatFront& front, const LogOptions& options) {
                              return choose_json<CaddyFormat>(front, options, kFields,
                                                              "Caddy's log");
                            }};

}  // namespace dosimeter::sim
