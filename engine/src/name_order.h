#pragma once

#include <dosimeter/match_choices.h>

#include <string_view>

namespace dosimeter::detail {

/// Whether a rule called `a` comes before one called `b` of the same priority. A strict weak order;
/// always false for PriorityTie::by_position.
[[nodiscard]] bool name_comes_first(std::string_view a, std::string_view b,
                                    PriorityTie tie) noexcept;

}  // namespace dosimeter::detail
