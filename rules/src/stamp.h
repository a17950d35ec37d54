#pragma once

#include <dosimeter/rules/body.h>
#include <dosimeter/time_point.h>

#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// What to make of a number that, as seconds, would lie past the year 5000.
enum class Milliseconds {
  /// Error stamp_out_of_range.
  refused,
  /// Taken for milliseconds: Java recorders write them.
  taken,
};

/// The instant that seconds since 1970 (a number of any form, fraction and exponent included) or an
/// ISO 8601 string with its offset from UTC say, to the nanosecond; what is finer is cut off.
/// Errors: wrong_type, bad_stamp, stamp_out_of_range.
std::optional<TimePoint> read_stamp(std::string_view name, JsonValue value, Report& report,
                                    Milliseconds milliseconds = Milliseconds::refused);

/// As JSON text, quotation marks included. `read_stamp` gives the same instant back, of the years
/// 1678 to 2261.
std::string stamp_text(TimePoint time, StampSpelling spelling);

/// The same of the calendar second that holds `time`.
std::string whole_stamp_text(TimePoint time, StampSpelling spelling);

}  // namespace dosimeter::rules
