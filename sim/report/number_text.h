#pragma once

#include <dosimeter/time_point.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Numbers and times as people read them. No locale: the same text everywhere.

/// `12,345`.
[[nodiscard]] std::string grouped(std::uint64_t number);

/// `12,345.6`: rounded to that many decimals, halves as the decimal expansion says. REQUIRES:
/// finite, at least 0.
[[nodiscard]] std::string grouped(double number, int decimals);

/// An amount of money: to the cent, below one unit to a tenth of a cent. Dollars are `$1,234.50`,
/// other currencies `1,234.50 EUR`.
[[nodiscard]] std::string money_text(double amount, std::string_view currency);

/// `999 B`, `1.2 MB`, `29 GB`: in powers of a thousand, two digits at least.
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

/// A share of one as a percentage: `10 %`, `0.3 %`.
[[nodiscard]] std::string percent_text(double share);

/// `59 min 59.9 s`, `3 h 5 min`, `31 days 4 h`: the two largest units.
[[nodiscard]] std::string duration_text(double seconds);

/// RFC 3339 in UTC, with as many decimals as the time needs (none, 3, 6 or 9):
/// `2026-05-04T10:15:02.137Z`.
[[nodiscard]] std::string utc_text(TimePoint time);

/// Text from a file or a command line, fit for a terminal: control bytes and invalid UTF-8 as
/// `\xHH`, cut to `max_bytes`.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_bytes = 80);

}  // namespace dosimeter::sim
