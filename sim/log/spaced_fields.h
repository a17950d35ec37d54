#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// Readable bytes that `split_spaced_fields` needs behind its line; what they hold does not matter.
inline constexpr std::size_t kSpacedFieldsPadding = 64;

/// What was found of a line's fields.
struct SpacedFields {
  /// How many, at most as many as there was room for.
  std::size_t count = 0;
  /// The line ends within the quotes of the last of them.
  bool open_quote = false;
};

/// Splits a line of fields with a space between them, as load balancers and servers log: the first
/// `fields.size()` fields, and nothing behind them is looked at. A `"` begins or ends a quoted part
/// wherever it stands, and spaces in it are its own; behind an odd number of backslashes it is a
/// letter. Quotes around the whole of a field are not part of it. Every space ends a field, so two
/// in a row have an empty one between them; an empty line is one empty field.
///
/// The fields are views into the line, nothing is decoded. Linear, allocates nothing. REQUIRES:
/// kSpacedFieldsPadding readable bytes behind the line; room for one field.
[[nodiscard]] SpacedFields split_spaced_fields(std::string_view line,
                                               std::span<std::string_view> fields) noexcept;

/// The same, byte by byte and without padding.
[[nodiscard]] SpacedFields split_spaced_fields_scalar(std::string_view line,
                                                      std::span<std::string_view> fields) noexcept;

}  // namespace dosimeter::sim
