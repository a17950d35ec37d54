#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// How much of a row's text a message shows.
inline constexpr std::size_t kShownBytes = 80;

/// `text` in double quotes, fit for a terminal and for JSON: always valid UTF-8 without characters
/// that steer or reorder what a terminal shows (C0 and C1 controls, line separators, bidirectional
/// and invisible format characters). `"` and `\` get a backslash; the bytes of such characters and
/// bytes that are no UTF-8 are written `\xHH`. Past `max_bytes` of `text` the rest is replaced by
/// `...` before the closing quote.
[[nodiscard]] std::string in_quotes(std::string_view text,
                                    std::size_t max_bytes = std::string_view::npos);

/// `text` to stand without quotes, as in front of a line number: as `in_quotes`, but `"` and `\`
/// stay as they are. For people, as `\x0A` then is either a line feed or four letters.
[[nodiscard]] std::string without_controls(std::string_view text);

}  // namespace dosimeter::sim
