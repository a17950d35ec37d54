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
#include <charconv>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::sim {
namespace {

/// What is read of a segment, and below of a summary, in the same order. Sources: "X-Ray segment
/// documents" in the developer guide, TraceSummary in the API reference.
constexpr std::array<LineField, 13> kFields = {{
    {"start_time", LogColumn::time},
    {"http.request.method", LogColumn::method},
    {"http.request.url", LogColumn::path},
    {"http.response.status", LogColumn::status},
    {"http.request.client_ip", LogColumn::client},
    {"name", LogColumn::service},
    {"origin", LogColumn::service_type},
    {"resource_arn", LogColumn::resource_arn},
    {"trace_id"},
    {"parent_id"},
    {"type"},
    {"inferred"},
    {"in_progress"},
}};
enum Field : std::size_t {
  kStart,
  kMethod,
  kUrl,
  kStatus,
  kClient,
  kName,
  kOrigin,
  kArn,
  kTraceId,
  kParentId,
  kType,
  kInferred,
  kInProgress,
};
constexpr std::array<std::string_view, 9> kSummaryNames = {
    "StartTime",       "Http.HttpMethod",  "Http.HttpURL",
    "Http.HttpStatus", "Http.ClientIp",    "EntryPoint.Name",
    "EntryPoint.Type", "ResourceARNs.ARN", "Id"};
constexpr std::array<std::string_view, 1> kDocumentNames = {"Document"};

std::vector<std::string_view> segment_names() {
  std::vector<std::string_view> names;
  for (const LineField& field : kFields) names.push_back(field.name);
  return names;
}

/// The second in which a trace began: `1-59602606-a43a1ac52fc7ee0eea12a82c`.
std::optional<TimePoint> time_of_trace(std::string_view id) noexcept {
  constexpr std::size_t kVersion = 2;
  constexpr std::size_t kHex = 8;
  if (!id.starts_with("1-") || id.size() < kVersion + kHex) return std::nullopt;
  std::uint32_t seconds = 0;
  const char* const begin = id.data() + kVersion;
  const auto [end, error] = std::from_chars(begin, begin + kHex, seconds, 16);
  if (error != std::errc() || end != begin + kHex) return std::nullopt;
  return TimePoint{std::chrono::seconds{seconds}};
}

/// What a segment turns out to be beside its texts.
enum class SegmentSource : unsigned char {
  /// As X-Ray has it: once.
  trace,
  /// As a recorder sends it: while it is open, and again when it is not.
  recorder,
};

class XrayFormat final : public DocumentFormat {
 public:
  XrayFormat(LineSetup setup, bool whole)
      : DocumentFormat(*setup.format, setup.prefix, whole), setup_(std::move(setup)) {}

  [[nodiscard]] FormatMapping mapping() const override { return mapping_of(setup_); }

 protected:
  bool read_document(std::string_view document, RowScratch& scratch, LineRead& read,
                     DocumentRows& rows) const override {
    if (document[json_value_begin(document, 0)] == '[') {
      bool all = true;
      const bool closed = each_json_element(document, [&](std::string_view element) {
        all = read_document(element, scratch, read, rows) && all;
        return !rows.done();
      });
      return closed && all;
    }
    bool is_output = false;
    bool all = true;
    const bool closed =
        each_json_member(document, [&](std::string_view key, std::string_view value) {
          if (key == "TraceSummaries") {
            is_output = true;
            all = each_json_element(value,
                                    [&](std::string_view summary) {
                                      return rows.put(read_summary(summary, scratch, read), read,
                                                      summary);
                                    }) &&
                  all;
          } else if (key == "Traces") {
            is_output = true;
            all = each_json_element(value,
                                    [&](std::string_view trace) {
                                      all = read_trace(trace, scratch, read, rows) && all;
                                      return !rows.done();
                                    }) &&
                  all;
          }
        });
    if (is_output) return closed && all;
    if (JsonKeys(document).has_all({"format", "version"})) {
      // The daemon's header in front of a segment.
      rows.put(read.skip(SkipReason::comment), read, document);
    } else {
      rows.put(read_segment(document, SegmentSource::recorder, scratch, read), read, document);
    }
    return true;
  }

 private:
  bool read_trace(std::string_view trace, RowScratch& scratch, LineRead& read,
                  DocumentRows& rows) const {
    bool all = true;
    const bool closed = each_json_member(trace, [&](std::string_view key, std::string_view value) {
      if (key != "Segments") return;
      all = each_json_element(value, [&](std::string_view segment) {
        const auto found = scratch.json.read(segment, document_paths_, scratch.texts);
        const RowKind kind =
            found ? read_segment(found->front().text, SegmentSource::trace, scratch, read)
                  : read.reject(RejectReason::malformed_json, segment);
        return rows.put(kind, read, segment);
      });
    });
    return closed && all;
  }

  RowKind read_segment(std::string_view text, SegmentSource source, RowScratch& scratch,
                       LineRead& read) const {
    const auto values = scratch.json.read(text, segment_paths_, scratch.texts);
    if (!values) return read.reject(RejectReason::malformed_json, text);
    const auto is_true = [&](std::size_t field) { return (*values)[field].text == "true"; };
    if (is_true(kInferred) || (*values)[kType].text == "subsegment") {
      return read.skip(SkipReason::no_request);
    }
    if (is_true(kInProgress) && source == SegmentSource::recorder) {
      return read.skip(SkipReason::no_request);
    }
    const RowKind kind = read_values(*values, text, scratch, read);
    const std::string_view parent = (*values)[kParentId].text;
    if (kind == RowKind::row && !parent.empty()) {
      read.row.trace_header = scratch.texts.joined(
          {"Root=", (*values)[kTraceId].text, ";Parent=", parent, ";Sampled=1"});
    }
    return kind;
  }

  RowKind read_summary(std::string_view text, RowScratch& scratch, LineRead& read) const {
    const auto found = scratch.json.read(text, summary_paths_, scratch.texts);
    if (!found) return read.reject(RejectReason::malformed_json, text);
    std::array<JsonValue, kFields.size()> values{};
    std::copy(found->begin(), found->end(), values.begin());
    return read_values(values, text, scratch, read);
  }

  /// What segments and summaries have in common: the values are in the order of kFields.
  RowKind read_values(std::span<const JsonValue> values, std::string_view text, RowScratch& scratch,
                      LineRead& read) const {
    const auto text_of = [&](std::size_t field) {
      return values[field].kind == JsonValue::Kind::absent ? FieldText()
                                                           : present_text(values[field].text);
    };
    LogRow& row = read.row;
    row = LogRow{};
    if (const FieldText time = text_of(kStart)) {
      const auto start = scratch.stamps.read(*time);
      if (!start) return read.reject(RejectReason::unreadable_time, *time);
      set_time(*start, setup_.zone, row);
    } else if (const auto start = time_of_trace(values[kTraceId].text)) {
      row.time = *start;
    } else {
      return read.reject(RejectReason::no_time, text);
    }
    row.http_method = text_of(kMethod);
    if (const FieldText url = text_of(kUrl)) set_row_target(*url, row);
    if (setup_.reads_service) row.service_name = text_of(kName);
    row.service_type = text_of(kOrigin);
    row.resource_arn = text_of(kArn);
    if (setup_.reads_status) {
      if (const FieldText status = text_of(kStatus)) row.status = parse_status(*status);
    }
    set_choices(setup_, row, [&](std::size_t field) { return values[field].text; });
    return RowKind::row;
  }

  LineSetup setup_;
  JsonPaths segment_paths_ = JsonPaths(segment_names());
  JsonPaths summary_paths_ = JsonPaths(kSummaryNames);
  JsonPaths document_paths_ = JsonPaths(kDocumentNames);
};

bool knows_xray(std::string_view text) noexcept {
  const std::size_t begin = json_value_begin(text, 0);
  if (begin == text.size()) return false;
  const JsonKeys keys(text.substr(text[begin] == '[' ? begin + 1 : begin));
  return keys.has_any({"TraceSummaries", "TracesProcessedCount"}) ||
         (keys.has("Traces") && !keys.has("traceID")) ||
         (keys.has_all({"id", "name", "start_time"}) && keys.has_any({"trace_id", "parent_id"}));
}

FormatResult make_xray(const FormatFront& front, const LogOptions& options) {
  auto setup = make_line_setup(front, options, kFields, "an X-Ray segment");
  if (!setup) return setup.error();
  return chosen_format(
      std::make_unique<XrayFormat>(std::move(setup).value(), front.whole),
      {{"already_sampled",
        "X-Ray's own traces are those that were recorded: what they say of all requests is right "
        "only where every request was"}});
}

}  // namespace

const FormatFacts kXray = {
    "xray",
    "X-Ray traces and segments",
    "the start of the segment",
    knows_xray,
    make_xray,
    "(.Traces[]? | {Traces: [.]}), (.TraceSummaries[]? | {TraceSummaries: [.]})"};

}  // namespace dosimeter::sim
