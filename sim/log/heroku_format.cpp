#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

/// Heroku's router: a stamp of the end, and keys with values. Source: "HTTP Routing" in the Heroku
/// Dev Center.
constexpr std::array<LineField, 10> kFields = {{
    {"method", LogColumn::method},
    {"path", LogColumn::path},
    {"host", LogColumn::host},
    {"fwd", LogColumn::client},
    {"dyno"},
    {"connect", LogColumn::latency},
    {"service", LogColumn::latency},
    {"status", LogColumn::status},
    {"time", LogColumn::time},
    {"request_id"},
}};
constexpr std::size_t kTime = 8;
using Texts = std::array<std::string_view, kFields.size()>;

constexpr std::string_view kRouter = " heroku[router]: ";
/// As log drains have it.
constexpr std::string_view kDrainRouter = " heroku router - ";

/// Where the keys begin; npos where the line is not the router's.
std::size_t keys_begin(std::string_view line) noexcept {
  for (const std::string_view mark : {kRouter, kDrainRouter}) {
    const std::size_t at = line.substr(0, 200).find(mark);
    if (at != line.npos) return at + mark.size();
  }
  return line.npos;
}

bool knows_heroku(std::string_view line) noexcept {
  return keys_begin(line) != line.npos;
}

/// The first word that begins like a year: behind `<158>1 ` of a drain.
std::string_view stamp_of(std::string_view line) noexcept {
  if (line.starts_with('<')) line.remove_prefix(std::min(line.find(' '), line.size() - 1) + 1);
  return line.substr(0, line.find(' '));
}

Texts texts_of(std::string_view rest) noexcept {
  Texts texts{};
  while (!rest.empty()) {
    const std::size_t sign = rest.find_first_of("= ");
    if (sign == rest.npos) break;
    const std::string_view key = rest.substr(0, sign);
    const bool has_value = rest[sign] == '=';
    rest.remove_prefix(sign + 1);
    if (!has_value) continue;
    std::string_view value;
    if (rest.starts_with('"')) {
      const std::size_t close = std::min(rest.find('"', 1), rest.size());
      value = rest.substr(1, close - 1);
      rest.remove_prefix(std::min(close + 1, rest.size()));
    } else {
      value = rest.substr(0, rest.find(' '));
      rest.remove_prefix(value.size());
    }
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (kFields[i].name == key && texts[i].empty()) texts[i] = value;
    }
  }
  return texts;
}

/// `48ms`.
std::optional<std::chrono::nanoseconds> milliseconds_of(std::string_view text) noexcept {
  if (text.ends_with("ms")) text.remove_suffix(2);
  return elapsed_time(text, std::chrono::milliseconds{1});
}

class HerokuFormat final : public LineFormat {
 public:
  explicit HerokuFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    const std::size_t keys = keys_begin(line);
    if (keys == line.npos) return read.skip(SkipReason::other_program);
    const std::string_view time = stamp_of(line);
    Texts texts = texts_of(line.substr(keys));
    texts[kTime] = time;
    const FieldText method = present_text(texts[0]);
    const FieldText path = present_text(texts[1]);
    // The router tells of other things, too.
    if (!method && !path) return read.skip(SkipReason::no_request);
    const auto end = scratch.stamps.read(time);
    const auto connect = milliseconds_of(texts[5]);
    const auto service = milliseconds_of(texts[6]);
    LogRow& row = read.row;
    row = LogRow{};
    if (!end || !connect || !service ||
        !set_start(*end, *connect + *service, EndStamp::exact, setup().zone, row)) {
      return read.reject(RejectReason::unreadable_time, !end ? time : texts[6]);
    }
    row.http_method = method;
    if (path) set_row_target(*path, row);
    if (const FieldText host = present_text(texts[2])) row.host = host;
    if (setup().reads_status) row.status = parse_status(texts[7]);
    set_choices(setup(), row, [&](std::size_t field) { return texts[field]; });
    return RowKind::row;
  }
};

}  // namespace

const FormatFacts kHeroku = {"heroku", "Heroku router logs", "the stamp less connect and service",
                             knows_heroku, [](const FormatFront& front, const LogOptions& options) {
                               return choose_lines<HerokuFormat>(front, options, kFields,
                                                                 "Heroku's log");
                             }};

}  // namespace dosimeter::sim
