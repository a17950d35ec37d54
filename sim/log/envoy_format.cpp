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

/// Envoy's default, and Istio's, which has more in front of the bytes and behind the upstream host.
/// The time is the start.
constexpr std::array<LineField, 8> kFields = {{
    {"start_time", LogColumn::time},
    {"request", LogColumn::request},
    {"response_code", LogColumn::status},
    {"user_agent"},
    {"request_id"},
    {"authority", LogColumn::host},
    {"upstream_host"},
    {"upstream_cluster"},
}};
/// From the bytes received: bytes sent, duration, the upstream's time, X-Forwarded-For, and then
/// the fields above from the user agent on.
constexpr std::size_t kUserAgent = 5;

bool is_number(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool knows_envoy(std::string_view line) noexcept {
  return line.size() > 24 && line.starts_with('[') && is_digit(line[1]) && line[5] == '-' &&
         line.substr(0, 40).find("] \"") != line.npos;
}

class EnvoyFormat final : public LineFormat {
 public:
  explicit EnvoyFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    // Envoy's own messages share the stream: `[2026-05-04 10:15:02.137][1][info]...`.
    if (!knows_envoy(line)) {
      return line.starts_with('[') && line.find("][") != line.npos
                 ? read.skip(SkipReason::other_program)
                 : read.reject(RejectReason::wrong_format, line);
    }
    const SpacedFields fields = split_spaced_fields(line, kMostSpacedFields);
    if (fields.open_quote()) return read.reject(RejectReason::unterminated_quote, line);
    std::string_view time = fields[0];
    time.remove_prefix(1);
    if (time.ends_with(']')) time.remove_suffix(1);
    const auto start = scratch.stamps.read(time);
    if (!start) return read.reject(RejectReason::unreadable_time, time);
    std::size_t received = 4;
    while (received < fields.count() && !is_number(fields[received])) ++received;
    LogRow& row = read.row;
    row = LogRow{};
    if (!set_request_line(fields[1], scratch, row)) {
      return read.skip(fields[1].starts_with("- -") ? SkipReason::connection
                                                    : SkipReason::no_request);
    }
    set_time(*start, setup().zone, row);
    if (setup().reads_status) row.status = parse_status(fields[2]);
    row.host = present_text(fields[received + kUserAgent + 2]);
    set_choices(setup(), row, [&](std::size_t field) {
      return fields[field < 3 ? field : received + kUserAgent + field - 3];
    });
    return RowKind::row;
  }
};

}  // namespace

const FormatFacts kEnvoy = {"envoy", "Envoy and Istio access logs", "the start time", knows_envoy,
                            [](const FormatFront& front, const LogOptions& options) {
                              return choose_lines<EnvoyFormat>(front, options, kFields,
                                                               "Envoy's log");
                            }};

}  // namespace dosimeter::sim
