#include "sim/log/clf_line.h"
#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <array>
#include <string_view>
#include <utility>

namespace dosimeter::sim {
namespace {

/// API Gateway's common log format: behind the usual fields the request's id. It stamps the start.
/// Source: "Formatting API Gateway access logs" in the API Gateway developer guide.
constexpr std::array<LineField, 7> kFields = {{
    {"ip", LogColumn::client},
    {"caller"},
    {"user"},
    {"requestTime", LogColumn::time},
    {"request", LogColumn::request},
    {"status", LogColumn::status},
    {"requestId"},
}};

class ApiGatewayFormat final : public LineFormat {
 public:
  explicit ApiGatewayFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view text, RowScratch& scratch, LineRead& read) const override {
    const ClfLine line(text);
    if (!line.is_one()) return read.reject(RejectReason::wrong_format, text);
    const auto stamp = scratch.stamps.read(line.stamp());
    if (!stamp) return read.reject(RejectReason::unreadable_time, line.stamp());
    read.row = LogRow{};
    if (!set_request_line(line.request(), scratch, read.row)) {
      return read.skip(SkipReason::no_request);
    }
    set_time(*stamp, setup().zone, read.row);
    if (setup().reads_status) read.row.status = parse_status(line.behind(0));
    set_choices(setup(), read.row, [&](std::size_t field) {
      const std::array<std::string_view, kFields.size()> texts = {
          line.front(0),  line.front(1),  line.front(2), line.stamp(),
          line.request(), line.behind(0), line.behind(2)};
      return texts[field];
    });
    return RowKind::row;
  }
};

/// `1f8a2c3e-1111-2222-3333-444455556666`.
bool is_uuid(std::string_view text) noexcept {
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
         text[23] == '-';
}

bool knows_api_gateway(std::string_view text) noexcept {
  const ClfLine line = ClfLine::unpadded(ClfLine::may_be_one(text) ? text : "");
  return line.is_one() && is_uuid(line.behind(2)) && line.behind(3).empty();
}

}  // namespace

const FormatFacts kApiGateway = {
    "api-gateway", "API Gateway access logs in common log format", "the stamp", knows_api_gateway,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_lines<ApiGatewayFormat>(front, options, kFields, "API Gateway's log");
    }};

}  // namespace dosimeter::sim
