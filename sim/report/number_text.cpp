#include "sim/report/number_text.h"

#include "sim/log/quoted_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace dosimeter::sim {
namespace {

/// Puts a comma before every third digit of the whole part.
std::string with_commas(std::string digits) {
  std::size_t at = digits.find('.');
  if (at == std::string::npos) at = digits.size();
  while (at > 3) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  return with_commas(fmt::format("{}", number));
}

std::string grouped(double number, int decimals) {
  return with_commas(fmt::format("{:.{}f}", number, decimals));
}

std::string money_text(double amount, std::string_view currency) {
  const int decimals = amount > 0 && amount < 1 ? 3 : 2;
  const std::string number = grouped(amount, decimals);
  return currency == "USD" ? "$" + number : fmt::format("{} {}", number, currency);
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  constexpr std::string_view kUnits[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double number = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // What would be written as 1000 is one of the next unit.
  for (; number >= 999.5; number /= 1000) ++unit;
  return fmt::format("{:.{}f} {}", number, number < 9.95 ? 1 : 0, kUnits[unit]);
}

std::string percent_text(double share) {
  return fmt::format("{:.6g} %", share * 100);
}

std::string duration_text(double seconds) {
  struct Unit {
    double seconds;
    const char* name;
  };
  constexpr std::array<Unit, 4> kUnits = {{{86400, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
  if (seconds < 60) return fmt::format("{:.4g} s", seconds);
  std::size_t unit = 0;
  while (seconds < kUnits[unit].seconds) ++unit;
  const double whole = std::floor(seconds / kUnits[unit].seconds);
  const Unit& next = kUnits[unit + 1];
  const double rest = (seconds - whole * kUnits[unit].seconds) / next.seconds;
  const char* name = unit == 0 && whole == 1 ? "day" : kUnits[unit].name;
  // Cut, not rounded: 59.96 s are not a minute.
  const std::string rest_text = unit == 2 ? fmt::format("{:.3g}", std::floor(rest * 10) / 10)
                                          : fmt::format("{:.0f}", std::floor(rest));
  const std::string front = fmt::format("{} {}", with_commas(fmt::format("{:.0f}", whole)), name);
  return rest_text == "0" ? front : fmt::format("{} {} {}", front, rest_text, next.name);
}

std::string utc_text(TimePoint time) {
  const std::chrono::sys_seconds second = calendar_second(time);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(second - day);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (const auto nanoseconds = since_calendar_second(time).count(); nanoseconds != 0) {
    std::string fraction = fmt::format("{:09}", nanoseconds);
    while (fraction.ends_with("000")) fraction.resize(fraction.size() - 3);
    text += "." + fraction;
  }
  return text + "Z";
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  const std::string text_in_quotes = in_quotes(text, max_bytes);
  return text_in_quotes.substr(1, text_in_quotes.size() - 2);
}

}  // namespace dosimeter::sim
