#include "sim/log/clf_line.h"
#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Apache's and NGINX's common and combined logs, with the virtual host in front or not, and with
/// whatever has been appended.
constexpr std::array<LineField, 7> kFields = {{
    {"client", LogColumn::client},
    {"user"},
    {"time", LogColumn::time},
    {"request", LogColumn::request},
    {"status", LogColumn::status},
    {"referer"},
    {"user_agent"},
}};
/// With the virtual host in front.
constexpr std::array<LineField, 8> kFieldsWithHost = {{
    {"client", LogColumn::client},
    {"user"},
    {"time", LogColumn::time},
    {"request", LogColumn::request},
    {"status", LogColumn::status},
    {"referer"},
    {"user_agent"},
    {"vhost", LogColumn::host},
}};
constexpr std::string_view kWhose = "an access log";

struct CombinedLayout {
  bool has_host = false;
  /// Of NGINX's `$request_time`, counted from the status; 0 where there is none.
  std::size_t elapsed = 0;
};

/// `0.048`, as `$request_time` is: whole numbers are Apache's, which stamps the start.
bool is_seconds(std::string_view text) noexcept {
  const std::size_t mark = text.find('.');
  return mark != text.npos && mark > 0 && text.size() == mark + 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

std::string_view seconds_in(std::string_view field) noexcept {
  for (const std::string_view label : {"rt=", "request_time=", "request_time:"}) {
    if (field.starts_with(label)) field.remove_prefix(label.size());
  }
  if (field.size() > 1 && field.front() == '"' && field.back() == '"') {
    field = field.substr(1, field.size() - 2);
  }
  return field;
}

CombinedLayout layout_of(const ClfLine& line) {
  CombinedLayout layout;
  layout.has_host = line.words_in_front() >= 4 && line.front(0).find('.') != std::string_view::npos;
  for (std::size_t i = 2; i < 24 && layout.elapsed == 0; ++i) {
    if (is_seconds(seconds_in(line.behind(i)))) layout.elapsed = i;
  }
  return layout;
}

class CombinedFormat final : public LineFormat {
 public:
  CombinedFormat(LineSetup setup, CombinedLayout layout)
      : LineFormat(std::move(setup)), layout_(layout) {}

  RowKind read_line(std::string_view text, RowScratch& scratch, LineRead& read) const override {
    const ClfLine line(unwrapped_line(text, scratch.texts));
    if (!line.is_one()) return read.reject(RejectReason::wrong_format, text);
    const auto stamp = scratch.stamps.read(line.stamp());
    if (!stamp) return read.reject(RejectReason::unreadable_time, line.stamp());
    LogRow& row = read.row;
    row = LogRow{};
    if (!set_request_line(line.request(), scratch, row)) return read.skip(SkipReason::no_request);
    const std::string_view elapsed =
        layout_.elapsed == 0 ? std::string_view() : seconds_in(line.behind(layout_.elapsed));
    const auto duration = elapsed_time(elapsed, std::chrono::seconds{1});
    if (!duration || !set_start(*stamp, *duration, EndStamp::whole_seconds, setup().zone, row)) {
      return read.reject(RejectReason::unreadable_time, elapsed);
    }
    if (setup().reads_status) row.status = parse_status(line.behind(0));
    if (layout_.has_host) row.host = present_text(line.front(0));
    set_choices(setup(), row, [&](std::size_t field) { return text_of(line, field); });
    return RowKind::row;
  }

 private:
  std::string_view text_of(const ClfLine& line, std::size_t field) const noexcept {
    const std::size_t first = layout_.has_host ? 1 : 0;
    switch (field) {
      case 0:
        return line.front(first);
      case 1:
        return line.front(first + 2);
      case 2:
        return line.stamp();
      case 3:
        return line.request();
      case 4:
        return line.behind(0);
      case 5:
        return line.behind(2);
      case 6:
        return line.behind(3);
      default:
        return line.front(0);
    }
  }

  CombinedLayout layout_;
};

FormatResult make_combined(const FormatFront& front, const LogOptions& options) {
  TextArena texts;
  const ClfLine line = ClfLine::unpadded(unwrapped_line(front.line, texts));
  const CombinedLayout layout = line.is_one() ? layout_of(line) : CombinedLayout{};
  const std::span<const LineField> fields =
      layout.has_host ? std::span<const LineField>(kFieldsWithHost) : kFields;
  auto setup = make_line_setup(front, options, fields, kWhose);
  if (!setup) return setup.error();
  std::vector<LogNotice> notices;
  notices.push_back(
      layout.elapsed != 0
          ? LogNotice{"assumed_start",
                      "an access log with request times in seconds: they are taken off the logged "
                      "times, which NGINX stamps at the end"}
          : LogNotice{"assumed_start",
                      "an access log without request times in seconds: requests are taken to start "
                      "at the logged times, as Apache stamps them; NGINX stamps the end"});
  return chosen_format(std::make_unique<CombinedFormat>(std::move(setup).value(), layout),
                       std::move(notices));
}

bool knows_combined(std::string_view text) noexcept {
  return ClfLine::may_be_one(text);
}

}  // namespace

const FormatFacts kCombined = {
    "combined", "Apache and NGINX access logs",
    "the stamp, less the seconds behind the request where the log has them", knows_combined,
    make_combined};

}  // namespace dosimeter::sim
