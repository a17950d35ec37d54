#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"
#include "sim/log/timestamp.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace dosimeter::sim {
namespace {

/// API Gateway's CSV format, which has no header and stamps the start.
/// Source: "Formatting API Gateway access logs" in the API Gateway developer guide.
constexpr std::array<LineField, 10> kFields = {{
    {"ip", LogColumn::client},
    {"caller"},
    {"user"},
    {"requestTime", LogColumn::time},
    {"httpMethod", LogColumn::method},
    {"resourcePath", LogColumn::path},
    {"protocol"},
    {"status", LogColumn::status},
    {"responseLength"},
    {"requestId"},
}};
constexpr std::size_t kTime = 3;
constexpr std::size_t kMethod = 4;
constexpr std::size_t kPath = 5;
constexpr std::size_t kProtocol = 6;
constexpr std::size_t kStatus = 7;

/// Between commas, of which a path may hold some: three fields stand in front of the time, and four
/// behind the path. None is quoted. Nothing where there are too few.
std::optional<std::array<std::string_view, kFields.size()>> fields_of(
    std::string_view line) noexcept {
  std::array<std::string_view, kFields.size()> fields{};
  for (std::size_t i = 0; i < kPath; ++i) {
    const std::size_t comma = line.find(',');
    if (comma == line.npos) return std::nullopt;
    fields[i] = line.substr(0, comma);
    line.remove_prefix(comma + 1);
  }
  for (std::size_t i = kFields.size() - 1; i > kPath; --i) {
    const std::size_t comma = line.rfind(',');
    if (comma == line.npos) return std::nullopt;
    fields[i] = line.substr(comma + 1);
    line = line.substr(0, comma);
  }
  fields[kPath] = line;
  return fields;
}

bool is_protocol(std::string_view text) noexcept {
  return text.starts_with("HTTP/") || text == "-";
}

/// `04/May/2026:10:15:02 +0000`, by its form alone: a stamp in a CSV header names itself otherwise.
bool may_be_stamp(std::string_view text) noexcept {
  constexpr std::size_t kSize = 26;
  return text.size() == kSize && text[2] == '/' && text[6] == '/' && text[11] == ':' &&
         text[20] == ' ';
}

class ApiGatewayCsvFormat final : public LineFormat {
 public:
  explicit ApiGatewayCsvFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    const auto fields = fields_of(line);
    if (!fields) return read.reject(RejectReason::wrong_format, line);
    if ((*fields)[kMethod] == "-" && (*fields)[kPath] == "-") {
      return read.skip(SkipReason::no_request);
    }
    const auto stamp = scratch.stamps.read((*fields)[kTime]);
    if (!stamp) return read.reject(RejectReason::unreadable_time, (*fields)[kTime]);
    LogRow& row = read.row;
    row = LogRow{};
    set_time(*stamp, setup().zone, row);
    row.http_method = present_text((*fields)[kMethod]);
    if (const FieldText path = present_text((*fields)[kPath])) set_row_target(*path, row);
    if (setup().reads_status) row.status = parse_status((*fields)[kStatus]);
    set_choices(setup(), row, [&](std::size_t field) { return (*fields)[field]; });
    return RowKind::row;
  }
};

bool knows_api_gateway_csv(std::string_view line) noexcept {
  const auto fields = fields_of(line);
  return fields && may_be_stamp((*fields)[kTime]) && is_protocol((*fields)[kProtocol]);
}

}  // namespace

const FormatFacts kApiGatewayCsv = {
    "api-gateway-csv", "API Gateway access logs in CSV format", "the stamp", knows_api_gateway_csv,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_lines<ApiGatewayCsvFormat>(front, options, kFields, "API Gateway's log");
    }};

}  // namespace dosimeter::sim
