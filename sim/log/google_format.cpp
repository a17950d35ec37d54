#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Google Cloud's log entries with an HTTP request, those of load balancers first of all. The time
/// is when the request was received. Source: "LogEntry" and "HttpRequest" in the documentation of
/// Cloud Logging.
constexpr std::array<LineField, 11> kFields = {{
    {"timestamp", LogColumn::time},
    {"httpRequest.requestMethod", LogColumn::method},
    {"httpRequest.requestUrl", LogColumn::path},
    {"httpRequest.status", LogColumn::status},
    {"httpRequest.latency", LogColumn::latency},
    {"httpRequest.remoteIp", LogColumn::client},
    {"resource.labels.backend_service_name", LogColumn::service},
    {"resource.labels.service_name", LogColumn::service},
    {"resource.labels.url_map_name"},
    {"resource.type"},
    {"jsonPayload.statusDetails"},
}};
constexpr std::size_t kMethod = 1;
constexpr std::size_t kUrl = 2;

class GoogleFormat final : public JsonFormat {
 public:
  explicit GoogleFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    if (!values.text(kMethod) && !values.text(kUrl)) return read.skip(SkipReason::other_program);
    const RowKind kind = set_row_time(values, line, {}, scratch, read);
    return kind == RowKind::row ? set_parts(values, scratch, read) : kind;
  }
};

bool knows_google(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has("httpRequest") &&
         keys.has_any({"timestamp", "insertId", "logName", "resource", "receiveTimestamp"});
}

}  // namespace

const FormatFacts kGoogle = {"google", "Google Cloud load balancers", "the timestamp", knows_google,
                             [](const FormatFront& front, const LogOptions& options) {
                               return choose_json<GoogleFormat>(front, options, kFields,
                                                                "Google Cloud's log");
                             }};

}  // namespace dosimeter::sim
