#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"
#include "sim/log/spaced_fields.h"

#include <array>

namespace dosimeter::sim {
namespace {

/// Classic load balancers. Source: "Access logs for your Classic Load Balancer" in the Elastic Load
/// Balancing user guide.
constexpr std::array<LineField, 15> kFields = {{
    {"time", LogColumn::time},
    {"elb", LogColumn::service},
    {"client:port", LogColumn::client},
    {"backend:port"},
    {"request_processing_time"},
    {"backend_processing_time"},
    {"response_processing_time"},
    {"elb_status_code", LogColumn::status},
    {"backend_status_code"},
    {"received_bytes"},
    {"sent_bytes"},
    {"request", LogColumn::request},
    {"user_agent"},
    {"ssl_cipher"},
    {"ssl_protocol"},
}};
/// The first logs ended with the request.
constexpr std::size_t kLeastFields = 12;

bool is_stamp_front(std::string_view text) noexcept {
  return text.size() >= 19 && is_digit(text[0]) && text[4] == '-' && text[10] == 'T' &&
         text[13] == ':';
}

bool knows_elb(std::string_view line) noexcept {
  if (!is_stamp_front(line)) return false;
  const SpacedFields fields = split_spaced_fields_scalar(line, kFields.size());
  if (fields.count() < kLeastFields || fields[0].size() < 20) return false;
  const auto is_time = [&](std::size_t i) {
    return fields[i] == "-1" || (fields[i].find('.') != std::string_view::npos &&
                                 elapsed_time(fields[i], std::chrono::seconds{1}).has_value());
  };
  return is_time(4) && is_time(5) && is_time(6);
}

/// The port that the URL's scheme implies, which the load balancer writes and no client sends.
void drop_implied_port(std::string_view request, LogRow& row) noexcept {
  if (!row.host) return;
  const std::string_view port = request.find(" https://") != request.npos  ? ":443"
                                : request.find(" http://") != request.npos ? ":80"
                                                                           : "";
  if (!port.empty() && row.host->ends_with(port)) row.host->remove_suffix(port.size());
}

class ElbFormat final : public LineFormat {
 public:
  explicit ElbFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    if (line.starts_with("Enable AccessLog for ELB")) return read.skip(SkipReason::comment);
    const SpacedFields fields = split_spaced_fields(line, kFields.size());
    if (!is_stamp_front(line) || fields.count() < kLeastFields) {
      return read.reject(RejectReason::wrong_format, line);
    }
    if (fields.open_quote()) return read.reject(RejectReason::unterminated_quote, line);
    const auto end = scratch.stamps.read(fields[0]);
    if (!end) return read.reject(RejectReason::unreadable_time, fields[0]);
    std::chrono::nanoseconds elapsed{0};
    for (std::size_t i = 4; i <= 6; ++i) {
      const auto part = elapsed_time(fields[i], std::chrono::seconds{1});
      if (!part) return read.reject(RejectReason::unreadable_time, fields[i]);
      elapsed += *part;
    }
    LogRow& row = read.row;
    row = LogRow{};
    if (!set_request_line(fields[11], scratch, row)) {
      return read.skip(fields[11].starts_with("- -") ? SkipReason::connection
                                                     : SkipReason::no_request);
    }
    drop_implied_port(fields[11], row);
    if (!set_start(*end, elapsed, EndStamp::exact, setup().zone, row)) {
      return read.reject(RejectReason::unreadable_time, fields[0]);
    }
    if (setup().reads_status) row.status = parse_status(fields[7]);
    if (setup().reads_service) row.service_name = present_text(fields[1]);
    set_choices(setup(), row, [&](std::size_t field) { return fields[field]; });
    return RowKind::row;
  }
};

}  // namespace

const FormatFacts kElb = {
    "elb", "AWS classic load balancers", "the time less the three processing times", knows_elb,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_lines<ElbFormat>(front, options, kFields, "a classic load balancer's log");
    }};

}  // namespace dosimeter::sim
