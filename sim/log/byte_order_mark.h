#pragma once

#include <string_view>

namespace dosimeter::sim {

/// May stand in front of UTF-8 text.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace dosimeter::sim
