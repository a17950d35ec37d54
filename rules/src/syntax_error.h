#pragma once

#include "rules/src/json_reader.h"
#include "rules/src/text_cursor.h"

#include <optional>
#include <string_view>

namespace dosimeter::rules {

/// What the last good token was: an opening bracket (or nothing yet), a key, or the end of a value.
enum class After { opening, key, value };

/// Where in the grammar a parser gave up.
struct SyntaxState {
  After after = After::opening;
  /// The innermost container that is open, and its bracket; none at the top.
  std::optional<JsonKind> container;
  Place opened;
  /// The last number or literal with whatever stands against it, if that was the last value. The
  /// parser takes the good part of `01` or `truely` for the value and stumbles over the rest;
  /// people mean the whole.
  std::optional<TextCursor::Token> last_scalar;
};

/// Says what was expected and what stands there instead. `cursor` is past the last good token.
/// REQUIRES: what follows is no valid continuation.
JsonError explain_syntax_error(std::string_view text, TextCursor cursor, const SyntaxState& state);

}  // namespace dosimeter::rules
