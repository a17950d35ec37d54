#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"
#include "sim/log/spaced_fields.h"

#include <algorithm>
#include <array>
#include <memory>

namespace dosimeter::sim {
namespace {

/// HAProxy's HTTP log. The time is the start, in a zone that it does not say.
constexpr std::array<LineField, 11> kFields = {{
    {"client:port", LogColumn::client},
    {"time", LogColumn::time},
    {"frontend"},
    {"backend", LogColumn::service},
    {"server"},
    {"status", LogColumn::status},
    {"captured_1"},
    {"captured_2"},
    {"captured_3"},
    {"captured_4"},
    {"request", LogColumn::request},
}};
constexpr std::size_t kServer = 4;
constexpr std::size_t kFirstCaptured = 6;
constexpr std::size_t kRequest = 10;
/// Up to the queues: what is behind may hold spaces.
constexpr std::size_t kSplit = 11;

/// `203.0.113.7:55008 [04/May/2026:10:15:02.137] name`.
bool is_front(std::string_view line) noexcept {
  const std::size_t space = line.find(" [");
  if (space == line.npos || space == 0 || line.substr(0, space).find(' ') != line.npos)
    return false;
  const std::string_view client = line.substr(0, space);
  const std::string_view rest = line.substr(space);
  return client.find(':') != client.npos && is_digit(client.back()) && rest.size() > 28 &&
         rest[4] == '/' && rest[8] == '/' && rest.substr(0, 34).find("] ") != rest.npos;
}

bool knows_haproxy(std::string_view line) noexcept {
  return is_front(line);
}

/// The i-th of the captured request headers, `{api.example|Mozilla/5.0}`.
std::string_view captured(std::string_view headers, std::size_t i) noexcept {
  if (!headers.starts_with('{')) return {};
  headers = headers.substr(1, std::min(headers.find('}'), headers.size()) - 1);
  for (; i > 0; --i) {
    const std::size_t bar = headers.find('|');
    if (bar == headers.npos) return {};
    headers.remove_prefix(bar + 1);
  }
  return headers.substr(0, headers.find('|'));
}

class HaproxyFormat final : public LineFormat {
 public:
  explicit HaproxyFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    if (!is_front(line)) return read.skip(SkipReason::other_program);
    const std::size_t quote = line.find(" \"");
    if (quote == line.npos) return read.skip(SkipReason::connection);
    if (line.size() < quote + 3 || line.back() != '"') {
      return read.reject(RejectReason::unterminated_quote, line);
    }
    const std::string_view request = line.substr(quote + 2, line.size() - quote - 3);
    const SpacedFields fields = split_spaced_fields(line.substr(0, quote), kSplit);
    if (fields.count() < kSplit - 1) return read.reject(RejectReason::wrong_format, line);
    std::string_view time = fields[1];
    time = time.substr(1, time.size() < 2 ? 0 : time.size() - 2);
    const auto start = scratch.stamps.read(time);
    if (!start) return read.reject(RejectReason::unreadable_time, time);
    LogRow& row = read.row;
    row = LogRow{};
    if (!set_request_line(request, scratch, row)) return read.skip(SkipReason::no_request);
    set_time(*start, setup().zone, row);
    if (setup().reads_status) row.status = parse_status(fields[5]);
    const std::string_view backend = fields[3].substr(0, fields[3].find('/'));
    if (setup().reads_service && !backend.starts_with('<'))
      row.service_name = present_text(backend);
    set_choices(setup(), row, [&](std::size_t field) -> std::string_view {
      if (field < 3) return field == 1 ? time : fields[field];
      if (field == 3) return backend;
      if (field == kServer) return fields[3].substr(std::min(backend.size() + 1, fields[3].size()));
      if (field == kRequest) return request;
      if (field < kFirstCaptured) return fields[5];
      const std::size_t open = line.find(" {");
      return open > quote
                 ? std::string_view()
                 : captured(line.substr(open + 1, quote - open - 1), field - kFirstCaptured);
    });
    return RowKind::row;
  }
};

FormatResult make_haproxy(const FormatFront& front, const LogOptions& options) {
  auto setup = make_line_setup(front, options, kFields, "HAProxy's log");
  if (!setup) return setup.error();
  std::vector<LogNotice> notices;
  if (!options.zone_is_named) {
    notices.push_back({"assumed_zone",
                       "HAProxy logs times without a zone: they are taken for UTC, which --tz "
                       "changes"});
  }
  return chosen_format(std::make_unique<HaproxyFormat>(std::move(setup).value()),
                       std::move(notices));
}

}  // namespace

const FormatFacts kHaproxy = {"haproxy", "HAProxy HTTP logs", "the accept date", knows_haproxy,
                              make_haproxy};

}  // namespace dosimeter::sim
