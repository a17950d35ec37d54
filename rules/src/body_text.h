#pragma once

#include <dosimeter/rules/body.h>

#include "rules/src/field_values.h"
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

/// Calls `visit(JsonValue item)` for each item of an array while problems are still listed; what is
/// no object is reported as not being `what`.
template <typename Visit>
void for_each_object(std::string_view what, JsonValue array, Report& report, Visit&& visit) {
  array.for_each_item([&](JsonValue item) {
    if (report.full()) return;
    report.set_rule("");
    if (item.is(JsonKind::object)) {
      visit(item);
    } else {
      report_wrong_type(what, "an object", item, report);
    }
  });
  report.set_rule("");
}

/// `body`, unless an error was reported.
template <typename Body>
BodyResult<Body> finish_body(Body body, Report& report) {
  BodyResult<Body> result;
  if (!report.has_errors()) result.body = std::move(body);
  result.diagnostics = report.take();
  return result;
}

}  // namespace dosimeter::rules
