#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace dosimeter::rules {

/// The most edits between a misspelt word and what it is taken for.
inline constexpr std::size_t kSuggestionDistance = 2;

/// The candidate that `word` was probably meant to be, or an empty view. Letter case, `_` and `-`
/// do not count, so `fixedRate` and `fixed_rate` are FixedRate; otherwise at most
/// kSuggestionDistance edits apart, and no more than one for each three letters, or everything
/// short would be near. The nearest wins, the first among equals.
std::string_view suggest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace dosimeter::rules
