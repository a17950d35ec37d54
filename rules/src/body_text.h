#pragma once

#include <dosimeter/rules/body.h>

#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace dosimeter::rules {

/// The JSON of a body whose root is an object. Nothing where it is not, which was reported.
std::optional<JsonDocument> parse_body(std::string_view text, Report& report);

/// The array of that name, which must be there. Nothing where it is not one, or holds more than
/// kMaximumBodyItems, which was reported.
std::optional<JsonValue> needed_array(std::string_view name, JsonValue object, Report& report);

/// The member of that name; nothing where it is absent or null.
std::optional<JsonValue> member(std::string_view name, JsonValue object);

/// `body`, unless an error was reported.
template <typename Body>
BodyResult<Body> finish_body(Body body, Report& report) {
  BodyResult<Body> result;
  if (!report.has_errors()) result.body = std::move(body);
  result.diagnostics = report.take();
  return result;
}

}  // namespace dosimeter::rules
