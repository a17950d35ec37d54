#include "sim/log/clf_line.h"
#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <array>
#include <string_view>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Traefik's common log format: behind the usual fields the number of requests, the router, the
/// server and `48ms`. It stamps the start. Source: "Access Logs" in Traefik's documentation.
constexpr std::array<LineField, 5> kFields = {{
    {"client", LogColumn::client},
    {"time", LogColumn::time},
    {"request", LogColumn::request},
    {"status", LogColumn::status},
    {"router"},
}};
constexpr std::size_t kRouter = 5;

class TraefikFormat final : public LineFormat {
 public:
  explicit TraefikFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

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
          line.front(0), line.stamp(), line.request(), line.behind(0), line.behind(kRouter)};
      return texts[field];
    });
    return RowKind::row;
  }
};

bool knows_traefik(std::string_view text) noexcept {
  const ClfLine line = ClfLine::unpadded(ClfLine::may_be_one(text) ? text : "");
  const std::string_view last = line.is_one() ? line.behind(7) : std::string_view();
  return last.ends_with("ms") && last.size() > 2 && is_digit(last.front()) &&
         line.behind(8).empty();
}

}  // namespace

const FormatFacts kTraefikClf = {
    "traefik-clf", "Traefik access logs in common log format", "the stamp", knows_traefik,
    [](const FormatFront& front, const LogOptions& options) {
      return choose_lines<TraefikFormat>(front, options, kFields, "Traefik's log");
    }};

}  // namespace dosimeter::sim
