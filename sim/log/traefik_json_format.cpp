#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Traefik's access log in JSON, which stamps the start. `RequestAddr` is the Host header,
/// `RequestHost` the same without its port. Source: "Access Logs" in Traefik's documentation.
constexpr std::array<LineField, 15> kFields = {{
    {"StartUTC", LogColumn::time},
    {"StartLocal", LogColumn::time},
    {"time", LogColumn::time},
    {"Duration", LogColumn::latency},
    {"RequestAddr", LogColumn::host},
    {"RequestHost", LogColumn::host},
    {"RequestMethod", LogColumn::method},
    {"RequestPath", LogColumn::path},
    {"ServiceName", LogColumn::service},
    {"DownstreamStatus", LogColumn::status},
    {"OriginStatus", LogColumn::status},
    {"request_X-Amzn-Trace-Id", LogColumn::trace_header},
    {"ClientHost", LogColumn::client},
    {"RouterName"},
    {"ServiceAddr"},
}};
constexpr std::size_t kLogTime = 2;
constexpr std::size_t kDuration = 3;
constexpr std::size_t kMethod = 6;
constexpr std::size_t kPath = 7;

class TraefikJsonFormat final : public JsonFormat {
 public:
  explicit TraefikJsonFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    // Traefik's own messages may share the stream.
    if (!values.text(kMethod) && !values.text(kPath)) {
      return read.skip(SkipReason::other_program);
    }
    std::chrono::nanoseconds elapsed{0};
    if (values.first(LogColumn::time) == kLogTime) {
      const auto duration = json_duration(values[kDuration].text, std::chrono::nanoseconds{1});
      if (!duration) return read.reject(RejectReason::unreadable_time, values[kDuration].text);
      elapsed = *duration;
    }
    if (const RowKind kind = set_row_time(values, line, elapsed, scratch, read);
        kind != RowKind::row) {
      return kind;
    }
    const RowKind kind = set_parts(values, scratch, read);
    // `backend-flask@docker`: behind the service stands who told Traefik of it.
    if (FieldText& service = read.row.service_name; service && setup().choices.empty()) {
      service = service->substr(0, service->rfind('@'));
    }
    return kind;
  }
};

bool knows_traefik(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has("RequestPath") &&
         keys.has_any({"StartUTC", "StartLocal", "DownstreamStatus", "RouterName"});
}

}  // namespace

const FormatFacts kTraefik = {
    "traefik", "Traefik access logs in JSON", "the start, or the time less the duration",
    knows_traefik, [](const FormatFront& front, const LogOptions& options) {
      return choose_json<TraefikJsonFormat>(front, options, kFields, "Traefik's log");
    }};

}  // namespace dosimeter::sim
