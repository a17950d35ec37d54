#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// The candidate that `name` is most likely a misspelling of: the one with the fewest edits (a
/// letter inserted, deleted or replaced, two neighbours swapped), at most a third of the name's
/// length and at least one; the first of equals. Nothing where none is that near. For messages: the
/// cost is quadratic in the names' lengths.
[[nodiscard]] std::optional<std::string_view> nearest_name(
    std::string_view name, std::span<const std::string_view> candidates);

}  // namespace dosimeter::sim
