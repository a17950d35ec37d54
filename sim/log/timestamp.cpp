#include "sim/log/timestamp.h"

#include "sim/log/blanks.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace dosimeter::sim {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr int kFractionDigits = 9;
/// No stamp is longer; what is longer is not looked at.
constexpr std::size_t kLongestStamp = 64;
/// Whole seconds whose every nanosecond a TimePoint can hold.
constexpr std::int64_t kSecondsLimit =
    std::numeric_limits<std::int64_t>::max() / kNanosecondsPerSecond;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Reads a text from front to back. Every function that fails leaves the cursor anywhere.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool done() const { return at_ == end_; }
  [[nodiscard]] char peek() const { return done() ? '\0' : *at_; }
  [[nodiscard]] bool at_digit() const { return !done() && is_digit(*at_); }

  bool take(char expected) {
    if (done() || *at_ != expected) return false;
    ++at_;
    return true;
  }
  bool take_either(char left, char right) { return take(left) || take(right); }
  /// A digit, or -1 where there is none.
  int digit() { return at_digit() ? *at_++ - '0' : -1; }

  template <int digits>
  bool number(int& value) {
    if (end_ - at_ < digits) return false;
    value = 0;
    for (int i = 0; i < digits; ++i) {
      if (!is_digit(at_[i])) return false;
      value = value * 10 + (at_[i] - '0');
    }
    at_ += digits;
    return true;
  }

  /// Three letters of one of `names`, in either case; its index, or -1.
  template <std::size_t count>
  int name(const std::array<std::string_view, count>& names) {
    if (end_ - at_ < 3) return -1;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view& word = names[i];
      if (lower(at_[0]) == word[0] && lower(at_[1]) == word[1] && lower(at_[2]) == word[2]) {
        at_ += 3;
        return static_cast<int>(i);
      }
    }
    return -1;
  }

 private:
  const char* at_;
  const char* end_;
};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};
constexpr std::array<std::string_view, 2> kUtcNames = {"utc", "gmt"};

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
};

struct TimeOfDay {
  int seconds = 0;
  std::int64_t nanoseconds = 0;
};

bool read_iso_date(Cursor& cursor, Date& date) {
  return cursor.number<4>(date.year) && cursor.take('-') && cursor.number<2>(date.month) &&
         cursor.take('-') && cursor.number<2>(date.day);
}

bool read_slashed_date(Cursor& cursor, Date& date) {
  if (!cursor.number<2>(date.day) || !cursor.take('/')) return false;
  if (cursor.at_digit()) {
    if (!cursor.number<2>(date.month)) return false;
  } else {
    date.month = cursor.name(kMonths) + 1;
  }
  return cursor.take('/') && cursor.number<4>(date.year);
}

bool read_time_of_day(Cursor& cursor, TimeOfDay& time) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!cursor.number<2>(hour) || !cursor.take(':') || !cursor.number<2>(minute) ||
      !cursor.take(':') || !cursor.number<2>(second) || hour > 23 || minute > 59 || second > 60) {
    return false;
  }
  if (second == 60) second = 59;
  time.seconds = hour * 3600 + minute * 60 + second;
  time.nanoseconds = 0;
  if (!cursor.take_either('.', ',')) return true;
  if (!cursor.at_digit()) return false;
  for (std::int64_t unit = kNanosecondsPerSecond / 10; cursor.at_digit(); unit /= 10) {
    time.nanoseconds += cursor.digit() * unit;
  }
  return true;
}

/// The zone, which may be absent, and then the end of the text.
struct Zone {
  int offset_seconds = 0;
  bool named = true;
};

bool read_zone_to_end(Cursor& cursor, Zone& zone) {
  if (cursor.done()) {
    zone.named = false;
    return true;
  }
  cursor.take(' ');
  if (cursor.take_either('Z', 'z')) return cursor.done();
  if (is_letter(cursor.peek())) return cursor.name(kUtcNames) >= 0 && cursor.done();
  const int sign = cursor.peek() == '-' ? -1 : 1;
  if (!cursor.take_either('+', '-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!cursor.number<2>(hours)) return false;
  if (!cursor.done()) {
    cursor.take(':');
    if (!cursor.number<2>(minutes)) return false;
  }
  zone.offset_seconds = sign * (hours * 3600 + minutes * 60);
  return cursor.done() && hours <= 23 && minutes <= 59;
}

int significant_digits(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return 0;
  int digits = kFractionDigits;
  for (; nanoseconds % 10 == 0; nanoseconds /= 10) --digits;
  return digits;
}

std::optional<Timestamp> make(const Date& date, const TimeOfDay& time, Zone zone) {
  const std::chrono::year_month_day day{std::chrono::year{date.year},
                                        std::chrono::month{static_cast<unsigned>(date.month)},
                                        std::chrono::day{static_cast<unsigned>(date.day)}};
  if (!day.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days{day}.time_since_epoch().count();
  const std::int64_t seconds = days * 86400 + time.seconds - zone.offset_seconds;
  if (seconds < -kSecondsLimit || seconds >= kSecondsLimit) return std::nullopt;
  const std::chrono::nanoseconds since{seconds * kNanosecondsPerSecond + time.nanoseconds};
  return Timestamp{TimePoint{since}, significant_digits(time.nanoseconds), zone.named};
}

std::optional<Timestamp> read_date_and_time(Cursor cursor, const Date& date) {
  TimeOfDay time;
  Zone zone;
  if (!read_time_of_day(cursor, time) || !read_zone_to_end(cursor, zone)) return std::nullopt;
  return make(date, time, zone);
}

std::optional<Timestamp> read_iso(Cursor cursor) {
  Date date;
  if (!read_iso_date(cursor, date)) return std::nullopt;
  if (!cursor.take_either('T', ' ') && !cursor.take('t')) return std::nullopt;
  return read_date_and_time(cursor, date);
}

std::optional<Timestamp> read_slashed(Cursor cursor) {
  Date date;
  if (!read_slashed_date(cursor, date) || !cursor.take_either(':', ' ')) return std::nullopt;
  return read_date_and_time(cursor, date);
}

/// `Sun Mar 13 22:49:12 2016`; a day below ten has a space or a zero in front. The weekday is not
/// checked.
std::optional<Timestamp> read_weekday(Cursor cursor) {
  if (cursor.name(kWeekdays) < 0 || !cursor.take(' ')) return std::nullopt;
  Date date;
  date.month = cursor.name(kMonths) + 1;
  if (!cursor.take(' ')) return std::nullopt;
  const bool day_read = cursor.take(' ') ? cursor.number<1>(date.day) : cursor.number<2>(date.day);
  TimeOfDay time;
  if (!day_read || !cursor.take(' ') || !read_time_of_day(cursor, time) || !cursor.take(' ') ||
      !cursor.number<4>(date.year) || !cursor.done()) {
    return std::nullopt;
  }
  return make(date, time, {0, false});
}

/// The parts of `1.499473411677E9`.
struct Number {
  /// From the first digit that is not zero, with or without the decimal mark.
  Cursor mantissa;
  /// How many digits, from there on, stand before the decimal mark once the exponent is applied.
  int whole_digits = 0;
};

std::optional<Number> read_number(Cursor cursor) {
  while (cursor.take('0')) {
  }
  Number number{cursor};
  for (; cursor.at_digit(); cursor.digit()) ++number.whole_digits;
  // Less than one before the mark: no epoch in any unit, whatever follows.
  if (number.whole_digits == 0) return std::nullopt;
  if (cursor.take_either('.', ',')) {
    if (!cursor.at_digit()) return std::nullopt;
    while (cursor.at_digit()) cursor.digit();
  }
  if (cursor.take_either('e', 'E')) {
    const int sign = cursor.peek() == '-' ? -1 : 1;
    cursor.take_either('+', '-');
    int exponent = cursor.digit();
    if (exponent < 0) return std::nullopt;
    if (cursor.at_digit()) exponent = exponent * 10 + cursor.digit();
    number.whole_digits += sign * exponent;
  }
  if (!cursor.done()) return std::nullopt;
  return number;
}

std::optional<Timestamp> read_epoch(Cursor cursor) {
  std::optional<Number> number = read_number(cursor);
  if (!number || number->whole_digits < 9 || number->whole_digits > 20) return std::nullopt;
  const int whole = number->whole_digits;
  const int shift = whole <= 11 ? 9 : whole <= 14 ? 6 : whole <= 17 ? 3 : 0;
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
  std::int64_t nanoseconds = 0;
  for (int i = 0; i < whole + shift; ++i) {
    number->mantissa.take_either('.', ',');
    const int digit = number->mantissa.at_digit() ? number->mantissa.digit() : 0;
    if (nanoseconds > (kLargest - digit) / 10) return std::nullopt;
    nanoseconds = nanoseconds * 10 + digit;
  }
  return Timestamp{TimePoint{std::chrono::nanoseconds{nanoseconds}},
                   significant_digits(nanoseconds % kNanosecondsPerSecond)};
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
  text = without_blanks(text);
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  if (text.size() < 5 || text.size() > kLongestStamp) return std::nullopt;
  const Cursor cursor(text);
  if (text[4] == '-') return read_iso(cursor);
  if (text[2] == '/') return read_slashed(cursor);
  if (is_letter(text[0])) return read_weekday(cursor);
  return read_epoch(cursor);
}

std::optional<Timestamp> parse_timestamp(std::string_view date, std::string_view time) noexcept {
  const std::string_view day = without_blanks(date);
  const std::string_view clock = without_blanks(time);
  Cursor cursor(day.substr(0, kLongestStamp));
  Date parsed;
  const bool iso = day.size() > 4 && day[4] == '-';
  if ((iso ? read_iso_date(cursor, parsed) : read_slashed_date(cursor, parsed)) && cursor.done() &&
      clock.size() <= kLongestStamp) {
    if (const auto stamp = read_date_and_time(Cursor(clock), parsed)) return stamp;
  }
  if (const auto stamp = parse_timestamp(clock)) return stamp;
  return parse_timestamp(day);
}

}  // namespace dosimeter::sim
