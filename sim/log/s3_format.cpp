#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"
#include "sim/log/spaced_fields.h"

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

/// Amazon S3's server access logs, whose time is when the request came. Source: "Amazon S3 server
/// access log format" in the S3 user guide. The time, in brackets, is two fields.
constexpr std::array<LineField, 24> kFields = {{
    {"bucket_owner"},
    {"bucket", LogColumn::service},
    {"time", LogColumn::time},
    {""},
    {"remote_ip", LogColumn::client},
    {"requester"},
    {"request_id"},
    {"operation"},
    {"key"},
    {"request_uri", LogColumn::request},
    {"http_status", LogColumn::status},
    {"error_code"},
    {"bytes_sent"},
    {"object_size"},
    {"total_time", LogColumn::latency},
    {"turn_around_time"},
    {"referer"},
    {"user_agent"},
    {"version_id"},
    {"host_id"},
    {"signature_version"},
    {"cipher_suite"},
    {"authentication_type"},
    {"host_header", LogColumn::host},
}};
constexpr std::size_t kLeastFields = 11;

/// `owner bucket [stamp zone] ip requester id REST.GET.OBJECT key "..."`.
bool knows_s3(std::string_view line) noexcept {
  const std::size_t bracket = line.find(" [");
  if (bracket == line.npos) return false;
  const SpacedFields fields = split_spaced_fields_scalar(line, kLeastFields);
  return fields.count() == kLeastFields && fields[2].starts_with('[') && fields[3].ends_with(']') &&
         fields[7].find('.') != std::string_view::npos &&
         std::all_of(fields[7].begin(), fields[7].end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || is_digit(c);
         });
}

class S3Format final : public LineFormat {
 public:
  explicit S3Format(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    const SpacedFields fields = split_spaced_fields(line, kFields.size());
    if (fields.count() < kLeastFields || !fields[2].starts_with('[') || !fields[3].ends_with(']')) {
      return read.reject(RejectReason::wrong_format, line);
    }
    const char* const begin = fields[2].data() + 1;
    const std::string_view time(
        begin, static_cast<std::size_t>(fields[3].data() + fields[3].size() - 1 - begin));
    const auto start = scratch.stamps.read(time);
    if (!start) return read.reject(RejectReason::unreadable_time, time);
    LogRow& row = read.row;
    row = LogRow{};
    // Lifecycle rules and copies within S3 have no request.
    if (!set_request_line(fields[9], scratch, row)) return read.skip(SkipReason::no_request);
    set_time(*start, setup().zone, row);
    if (setup().reads_status) row.status = parse_status(fields[10]);
    if (setup().reads_service) row.service_name = present_text(fields[1]);
    if (!row.host) row.host = present_text(fields[23]);
    set_choices(setup(), row, [&](std::size_t field) { return fields[field]; });
    return RowKind::row;
  }
};

}  // namespace

const FormatFacts kS3 = {"s3", "Amazon S3 server access logs", "the time", knows_s3,
                         [](const FormatFront& front, const LogOptions& options) {
                           return choose_lines<S3Format>(front, options, kFields,
                                                         "an S3 access log");
                         }};

}  // namespace dosimeter::sim
