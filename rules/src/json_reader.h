#pragma once

#include "rules/src/json_value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace dosimeter::rules {

/// How deep brackets may nest. Rule documents need 6; Terraform's modules within modules some
/// dozens.
inline constexpr std::size_t kMaximumJsonDepth = 64;

/// Why a text is no JSON.
struct JsonError {
  std::string_view code;
  Place place;
  std::string message;
};

/// Parses one JSON text (RFC 8259; a byte order mark in front is skipped). A key that stands twice
/// in an object is kept twice and listed. Stops at the first error, before memory is spent on what
/// is nested too deep. REQUIRES: less than 4 GiB. The document views `text`.
std::variant<JsonDocument, JsonError> read_json(std::string_view text);

}  // namespace dosimeter::rules
