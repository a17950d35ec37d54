#pragma once

#include <dosimeter/time_point.h>

#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// An instant as a log writes it.
struct Timestamp {
  TimePoint time;
  /// Digits of the fraction of a second up to the last that is not zero: 0 for `10:15:02.000`, 1
  /// for `10:15:02.500`, at most 9. The largest over a log is the resolution of its clock.
  int fraction_digits = 0;
  /// Whether it said its zone, as a number since 1970 does by itself; else `time` takes it for UTC.
  bool zoned = true;
};

/// Reads one stamp, blanks around it ignored, and nothing where `text` is none or lies outside of
/// TimePoint's range.
///
/// - `2026-05-04T10:15:02.186641Z`: a space may stand for the `T`;
/// - `04/May/2026:10:15:02 +0000` and `04/05/2026:10:15:02` (day first), in `[]` or not, a space
/// for the first `:` or not;
/// - `Sun Mar 13 22:49:12 2016`;
/// - seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their magnitude
/// (up to 11, 14, 17 and 20
///   digits before the decimal mark), with a fraction or an exponent or not: `1499473411.677`,
///   `1.499473411677E9`.
///
/// All may have a fraction after `.` or `,`, cut after the ninth digit. Zones are `Z`, `UTC`,
/// `GMT`, `+hh:mm`, `-hhmm`, `+hh`, with a space in front or not; none is UTC. Second 60 is read as
/// second 59: the clock that stamped it counted that second twice, and so did the reservoir that
/// this is about.
///
/// Not read, because it does not say which second is meant: a date alone, a time of day without
/// seconds. Not read, because it is more likely a duration or an offset: a number below 10^8 (March
/// 1973) or a negative one.
///
/// Pure, without allocation, locale or C library. Linear in the text, of which at most 64 bytes are
/// looked at.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

/// Reads a stamp that two columns hold: a date (`2026-05-04`, `04/May/2026`, `04/05/2026`) and a
/// time of day with or without a zone. Where they are not that but one is a whole stamp, that one
/// counts, `time` before `date`.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view date,
                                                       std::string_view time) noexcept;

}  // namespace dosimeter::sim
