#include "sim/log/document_format.h"
#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/json_keys.h"
#include "sim/log/json_parts.h"

#include <array>
#include <memory>
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

/// Entries one a line, or in an array, as `gcloud logging read --format=json` prints them.
class GoogleDocuments final : public DocumentFormat {
 public:
  GoogleDocuments(JsonSetup setup, bool whole)
      : DocumentFormat(*setup.line.format, setup.line.prefix, whole), entries_(std::move(setup)) {}

  [[nodiscard]] FormatMapping mapping() const override { return entries_.mapping(); }

 protected:
  bool read_document(std::string_view document, RowScratch& scratch, LineRead& read,
                     DocumentRows& rows) const override {
    const auto put = [&](std::string_view entry) {
      return rows.put(entries_.read_line(entry, scratch, read), read, entry);
    };
    if (document[json_value_begin(document, 0)] == '[') return each_json_element(document, put);
    put(document);
    return true;
  }

 private:
  GoogleFormat entries_;
};

bool knows_google(std::string_view text) noexcept {
  const std::size_t begin = json_value_begin(text, 0);
  if (begin == text.size()) return false;
  const JsonKeys keys(text.substr(text[begin] == '[' ? begin + 1 : begin));
  return keys.has("httpRequest") &&
         keys.has_any({"timestamp", "insertId", "logName", "resource", "receiveTimestamp"});
}

FormatResult make_google(const FormatFront& front, const LogOptions& options) {
  auto setup = make_json_setup(front, options, kFields, "Google Cloud's log");
  if (!setup) return setup.error();
  return chosen_format(std::make_unique<GoogleDocuments>(std::move(setup).value(), front.whole));
}

}  // namespace

const FormatFacts kGoogle = {
    "google", "Google Cloud load balancers", "the timestamp", knows_google, make_google, ".[]"};

}  // namespace dosimeter::sim
