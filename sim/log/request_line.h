#pragma once

#include "sim/log/line_format.h"
#include "sim/log/row_scratch.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// The parts that formats of lines have in common.

/// Whether a text has the escapes that servers write, or had others that are undone already.
enum class Escapes : unsigned char { undone, none };

/// Sets method and target, and the host of an absolute URL, from a request line: `GET /a b
/// HTTP/1.1`. The method ends at the first space, the protocol begins at the last. `\xHH` and the
/// other escapes that servers write are undone, unless there are none. False where it is no HTTP
/// request: empty, `-`, `- - -`, bytes of another protocol.
[[nodiscard]] bool set_request_line(std::string_view text, RowScratch& scratch, LogRow& row,
                                    Escapes escapes = Escapes::undone);

/// `\xHH`, `\"`, `\\`, `\n`, `\r`, `\t`, `\b`, `\v` undone; what is none of these stays.
[[nodiscard]] std::string_view without_escapes(std::string_view text, TextArena& texts);

/// A decimal number of `unit`, in nanoseconds; 0 for `-`, `-1` and nothing, which stand for an
/// unknown time. Nothing where it is neither, or more than 115 days.
[[nodiscard]] std::optional<std::chrono::nanoseconds> elapsed_time(std::string_view text,
                                                                   std::chrono::nanoseconds unit);

/// How exactly a server stamps the end of a request.
enum class EndStamp : unsigned char { exact, whole_seconds };

/// Sets the time to that of the stamp, less `elapsed`. A stamp in whole seconds stands for the
/// middle of its second, so that requests shorter than half a second stay in it, and the start is
/// in whole seconds, too. False where that leaves TimePoint's range.
[[nodiscard]] bool set_start(const Timestamp& end, std::chrono::nanoseconds elapsed, EndStamp stamp,
                             ZoneOffset zone, LogRow& row) noexcept;

/// Sets the time to that of a stamp of the start.
void set_time(const Timestamp& start, ZoneOffset zone, LogRow& row) noexcept;

/// Sets the parts that the user has chosen: `text_of` has the text of a field by its place in the
/// format's table.
template <typename TextOf>
void set_choices(const LineSetup& setup, LogRow& row, TextOf&& text_of) {
  for (const FieldChoice& choice : setup.choices) {
    const std::string_view text = text_of(choice.field);
    row.*choice.part = text.empty() || text == "-" ? FieldText() : FieldText(text);
  }
}

}  // namespace dosimeter::sim
