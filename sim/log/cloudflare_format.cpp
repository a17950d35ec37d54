#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"

#include <array>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Cloudflare Logpush, data set HTTP requests. Stamps are RFC 3339, seconds or nanoseconds since
/// 1970, as the job says. Source: "HTTP requests" in Cloudflare's documentation of log fields.
constexpr std::array<LineField, 12> kFields = {{
    {"EdgeStartTimestamp", LogColumn::time},
    {"ClientRequestHost", LogColumn::host},
    {"ClientRequestMethod", LogColumn::method},
    {"ClientRequestURI", LogColumn::path},
    {"ClientRequestPath", LogColumn::path},
    {"EdgeResponseStatus", LogColumn::status},
    {"RequestHeaders.x-amzn-trace-id", LogColumn::trace_header},
    {"ClientIP", LogColumn::client},
    {"OriginIP"},
    {"OriginResponseStatus"},
    {"ZoneName"},
    {"WorkerScriptName"},
}};
constexpr std::size_t kMethod = 2;

class CloudflareFormat final : public JsonFormat {
 public:
  explicit CloudflareFormat(JsonSetup setup) : JsonFormat(std::move(setup)) {}

  RowKind read_values(const JsonValues& values, std::string_view line, RowScratch& scratch,
                      LineRead& read) const override {
    const bool has_request = values.text(kMethod) || values.first(LogColumn::path);
    if (!has_request) return read.skip(SkipReason::no_request);
    const RowKind kind = set_row_time(values, line, {}, scratch, read);
    return kind == RowKind::row ? set_parts(values, scratch, read) : kind;
  }
};

bool knows_cloudflare(std::string_view line) noexcept {
  if (!line.starts_with('{')) return false;
  const JsonKeys keys(line);
  return keys.has("EdgeStartTimestamp") &&
         keys.has_any({"ClientRequestHost", "ClientRequestMethod", "ClientRequestURI", "RayID"});
}

}  // namespace

const FormatFacts kCloudflare = {
    "cloudflare", "Cloudflare Logpush", "EdgeStartTimestamp", knows_cloudflare,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_json<CloudflareFormat>(front, options, kFields, "Cloudflare's log");
    }};

}  // namespace dosimeter::sim
