#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// How much of a row's text a message shows.
inline constexpr std::size_t kShownBytes = 80;

/// `text` in double quotes, fit for a terminal and for JSON: always valid UTF-8 without control
/// characters. `"` and `\` get a backslash; control bytes and bytes that are no UTF-8 are written
/// `\xHH`. Past `max_bytes` of `text` the rest is replaced by `...` before the closing quote.
[[nodiscard]] std::string in_quotes(std::string_view text,
                                    std::size_t max_bytes = std::string_view::npos);

}  // namespace dosimeter::sim
