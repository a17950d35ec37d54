#include "sim/log/request_line.h"

#include "sim/log/csv_format.h"
#include "sim/log/letters.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_method(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 32;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || c == '-' || c == '_'; }) &&
         is_letter(text.front());
}

char escaped_letter(char c) noexcept {
  switch (c) {
    case '"':
    case '\\':
    case '\'':
      return c;
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

int significant_digits(std::int64_t nanoseconds) noexcept {
  if (nanoseconds == 0) return 0;
  int digits = 9;
  for (; nanoseconds % 10 == 0; nanoseconds /= 10) --digits;
  return digits;
}

}  // namespace

std::string_view without_escapes(std::string_view text, TextArena& texts) {
  if (text.find('\\') == text.npos) return text;
  const std::span<char> room = texts.room(text.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      const bool is_hex = text[i + 1] == 'x' && i + 3 < text.size() &&
                          hex_digit(text[i + 2]) >= 0 && hex_digit(text[i + 3]) >= 0;
      if (is_hex) {
        c = static_cast<char>(hex_digit(text[i + 2]) * 16 + hex_digit(text[i + 3]));
        i += 3;
      } else if (const char letter = escaped_letter(text[i + 1]); letter != '\0') {
        c = letter;
        ++i;
      }
    }
    room[size++] = c;
  }
  return texts.keep(size);
}

bool set_request_line(std::string_view text, RowScratch& scratch, LogRow& row, Escapes escapes) {
  const auto plain = [&](std::string_view target) {
    return escapes == Escapes::none ? target : without_escapes(target, scratch.texts);
  };
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t space = text.find(' ');
  if (space == text.npos) {
    // HTTP/0.9, or what tests send: a path alone.
    if (!text.starts_with('/')) return false;
    set_row_target(plain(text), row);
    return true;
  }
  const std::string_view method = text.substr(0, space);
  if (!is_method(method)) return false;
  std::string_view target = text.substr(space + 1);
  if (const std::size_t last = target.rfind(' '); last != target.npos) {
    const std::string_view protocol = target.substr(last + 1);
    if (protocol.starts_with("HTTP/") || protocol == "-") target = target.substr(0, last);
  }
  row.http_method = method;
  if (target.empty() || target == "-") return true;
  set_row_target(plain(target), row);
  return true;
}

std::optional<std::chrono::nanoseconds> elapsed_time(std::string_view text,
                                                     std::chrono::nanoseconds unit) {
  constexpr std::int64_t kMost = 10'000'000 * kNanosecondsPerSecond;
  if (text.empty() || text == "-" || text == "-1") return std::chrono::nanoseconds{0};
  if (!is_digit(text.front())) return std::nullopt;
  std::int64_t total = 0;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    total = total * 10 + (text[i] - '0') * unit.count();
    if (total >= kMost) return std::nullopt;
  }
  if (i < text.size() && text[i] == '.') {
    std::int64_t part = unit.count() / 10;
    for (++i; i < text.size() && is_digit(text[i]); ++i, part /= 10)
      total += (text[i] - '0') * part;
  }
  if (i != text.size()) return std::nullopt;
  return std::chrono::nanoseconds{total};
}

bool set_start(const Timestamp& end, std::chrono::nanoseconds elapsed, EndStamp stamp,
               ZoneOffset zone, LogRow& row) noexcept {
  std::int64_t since = zone.time_of(end).time_since_epoch().count();
  if (elapsed.count() == 0) {
    row.time = TimePoint{std::chrono::nanoseconds{since}};
    row.time_digits = end.fraction_digits;
    return true;
  }
  const bool whole = stamp == EndStamp::whole_seconds && end.fraction_digits == 0;
  if (__builtin_sub_overflow(since, elapsed.count(), &since)) return false;
  if (whole && __builtin_add_overflow(since, kNanosecondsPerSecond / 2, &since)) return false;
  const TimePoint start{std::chrono::nanoseconds{since}};
  row.time = whole ? TimePoint{calendar_second(start)} : start;
  row.time_digits = whole ? 0 : significant_digits(since_calendar_second(start).count());
  return true;
}

void set_time(const Timestamp& start, ZoneOffset zone, LogRow& row) noexcept {
  row.time = zone.time_of(start);
  row.time_digits = start.fraction_digits;
}

}  // namespace dosimeter::sim
