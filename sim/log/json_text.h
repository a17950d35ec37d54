#pragma once

#include "sim/log/text_arena.h"

#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// What stands between the quotes of a JSON string, as it is meant: in `texts`, with kBlockPadding
/// readable bytes behind it. Nothing where an escape is none, or half of a surrogate pair.
[[nodiscard]] std::optional<std::string_view> json_text(std::string_view escaped, TextArena& texts);

}  // namespace dosimeter::sim
