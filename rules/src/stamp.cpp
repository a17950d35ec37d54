#include "rules/src/stamp.h"

#include "rules/src/field_values.h"
#include "rules/src/message.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <system_error>

namespace dosimeter::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::uint64_t kNanosecondsASecond = 1'000'000'000;
// The years that a TimePoint covers from their first second to their last.
constexpr std::chrono::sys_seconds kFirst =
    std::chrono::sys_days(std::chrono::year(1678) / std::chrono::January / 1);
constexpr std::chrono::sys_seconds kEnd =
    std::chrono::sys_days(std::chrono::year(2262) / std::chrono::January / 1);

enum class Fault { none, malformed, out_of_range };

struct Read {
  Fault fault = Fault::none;
  TimePoint time = {};
};

Read in_range(bool negative, std::uint64_t whole_nanoseconds) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (whole_nanoseconds > kMost) return {Fault::out_of_range};
  const auto count = static_cast<std::int64_t>(whole_nanoseconds);
  const TimePoint time(nanoseconds(negative ? -count : count));
  if (time < kFirst || time >= kEnd) return {Fault::out_of_range};
  return {Fault::none, time};
}

// --- Numbers -------------------------------------------------------------------------------------

/// A JSON number as its digits, without zeros in front, and where among them the point stands.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;
};

Decimal to_decimal(std::string_view written) {
  Decimal decimal;
  decimal.negative = written.starts_with('-');
  if (decimal.negative) written.remove_prefix(1);
  const std::size_t mantissa = std::min(written.find_first_of("eE"), written.size());
  const std::size_t dot = std::min(written.find('.'), mantissa);
  for (const char byte : written.substr(0, mantissa)) {
    if (byte != '.') decimal.digits += byte;
  }
  std::string_view exponent = written.substr(std::min(mantissa + 1, written.size()));
  std::int64_t shift = 0;
  if (!exponent.empty()) {
    const bool down = exponent.front() == '-';
    if (exponent.front() == '-' || exponent.front() == '+') exponent.remove_prefix(1);
    // As far as this a text of some megabytes makes no difference.
    constexpr std::int64_t kFar = std::int64_t{1} << 40U;
    const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
    if (read.ec != std::errc() || shift > kFar) shift = kFar;
    if (down) shift = -shift;
  }
  const std::size_t zeros = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, zeros);
  decimal.point = static_cast<std::int64_t>(dot) - static_cast<std::int64_t>(zeros) + shift;
  return decimal;
}

Read read_seconds(std::string_view written, Milliseconds milliseconds) {
  Decimal decimal = to_decimal(written);
  if (decimal.digits.empty()) return {};
  // Twelve digits are the year 5138 in seconds, and 1973 in milliseconds.
  if (milliseconds == Milliseconds::taken && decimal.point >= 12) decimal.point -= 3;
  const std::int64_t size = decimal.point + 9;
  if (size > 19) return {Fault::out_of_range};
  if (size <= 0) return {};
  decimal.digits.resize(static_cast<std::size_t>(size), '0');
  std::uint64_t count = 0;
  std::from_chars(decimal.digits.data(), decimal.digits.data() + decimal.digits.size(), count);
  return in_range(decimal.negative, count);
}

// --- ISO 8601 ------------------------------------------------------------------------------------

/// Takes a text apart from the front. Once it did not find what was asked for, it is not whole.
class Parts {
 public:
  explicit Parts(std::string_view text) : left_(text) {}

  int digits(std::size_t count) {
    if (left_.size() < count || left_.substr(0, count).find_first_not_of(kDigits) < count) {
      whole_ = false;
      return 0;
    }
    int value = 0;
    std::from_chars(left_.data(), left_.data() + count, value);
    left_.remove_prefix(count);
    return value;
  }
  bool take(std::string_view any_of) {
    const bool here = !left_.empty() && any_of.find(left_.front()) != std::string_view::npos;
    if (here) left_.remove_prefix(1);
    return here;
  }
  void need(std::string_view any_of) { whole_ = take(any_of) && whole_; }
  /// At least one digit of a second's fraction.
  nanoseconds fraction() {
    const std::size_t count = std::min(left_.find_first_not_of(kDigits), left_.size());
    if (count == 0) whole_ = false;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i) value = value * 10 + (i < count ? left_[i] - '0' : 0);
    left_.remove_prefix(count);
    return nanoseconds(value);
  }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] bool next_is(char byte) const { return left_.starts_with(byte); }

 private:
  static constexpr std::string_view kDigits = "0123456789";
  std::string_view left_;
  bool whole_ = true;
};

Read read_iso_8601(std::string_view text) {
  Parts parts(text);
  const std::chrono::year year(parts.digits(4));
  parts.need("-");
  const std::chrono::month month(static_cast<unsigned>(parts.digits(2)));
  parts.need("-");
  const std::chrono::day day(static_cast<unsigned>(parts.digits(2)));
  parts.need("T ");
  const int hour = parts.digits(2);
  parts.need(":");
  const int minute = parts.digits(2);
  parts.need(":");
  const int second = parts.digits(2);
  const nanoseconds fraction = parts.take(".") ? parts.fraction() : nanoseconds(0);
  minutes offset(0);
  if (!parts.take("Z")) {
    const bool west = parts.next_is('-');
    parts.need("+-");
    const int offset_hours = parts.digits(2);
    parts.take(":");
    const int offset_minutes = parts.digits(2);
    if (offset_hours > 23 || offset_minutes > 59) return {Fault::malformed};
    offset = hours(offset_hours) + minutes(offset_minutes);
    if (west) offset = -offset;
  }
  const std::chrono::year_month_day date(year, month, day);
  if (!parts.whole() || !parts.at_end() || !date.ok() || hour > 23 || minute > 59 || second > 59) {
    return {Fault::malformed};
  }
  const std::chrono::sys_seconds whole =
      std::chrono::sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - offset;
  if (whole < kFirst || whole >= kEnd) return {Fault::out_of_range};
  return {Fault::none, TimePoint(whole) + fraction};
}

// --- Writing -------------------------------------------------------------------------------------

/// `.5` of 500,000,000 ns; nothing of none.
std::string fraction_text(std::uint64_t nanoseconds_of_second) {
  if (nanoseconds_of_second == 0) return "";
  std::string digits = std::to_string(nanoseconds_of_second);
  digits.insert(0, 9 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string epoch_text(TimePoint time) {
  const std::int64_t count = time.time_since_epoch().count();
  const auto bits = static_cast<std::uint64_t>(count);
  const std::uint64_t magnitude = count < 0 ? ~bits + 1 : bits;
  return (count < 0 ? "-" : "") + std::to_string(magnitude / kNanosecondsASecond) +
         fraction_text(magnitude % kNanosecondsASecond);
}

std::string iso_8601_text(std::chrono::sys_seconds second, nanoseconds fraction) {
  const std::chrono::sys_days day = std::chrono::floor<days>(second);
  const std::chrono::year_month_day date(day);
  const auto of_day = (second - day).count();
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(of_day / 3600), static_cast<int>(of_day / 60 % 60),
                static_cast<int>(of_day % 60));
  const auto rest = static_cast<std::uint64_t>(fraction.count());
  return "\"" + (text + fraction_text(rest)) + "+00:00\"";
}

}  // namespace

std::optional<TimePoint> read_stamp(std::string_view name, JsonValue value, Report& report,
                                    Milliseconds milliseconds) {
  Read read;
  if (value.is(JsonKind::number)) {
    read = read_seconds(value.text(), milliseconds);
  } else if (value.is(JsonKind::string)) {
    read = read_iso_8601(value.text());
  } else {
    report_wrong_type(name, "seconds since 1970 or an ISO 8601 string", value, report);
    return std::nullopt;
  }
  if (read.fault == Fault::none) return read.time;
  const bool malformed = read.fault == Fault::malformed;
  report.error(malformed ? "bad_stamp" : "stamp_out_of_range", value.place(),
               concat(name, " must be ",
                      malformed ? "seconds since 1970 or like 2018-07-07T00:25:07+00:00"
                                : "an instant of the years 1678 to 2261",
                      ", got ", describe(value)));
  return std::nullopt;
}

std::string stamp_text(TimePoint time, StampSpelling spelling) {
  return spelling == StampSpelling::epoch_seconds
             ? epoch_text(time)
             : iso_8601_text(calendar_second(time), since_calendar_second(time));
}

std::string whole_stamp_text(TimePoint time, StampSpelling spelling) {
  const std::chrono::sys_seconds second = calendar_second(time);
  return spelling == StampSpelling::epoch_seconds
             ? std::to_string(second.time_since_epoch().count())
             : iso_8601_text(second, nanoseconds(0));
}

}  // namespace dosimeter::rules
