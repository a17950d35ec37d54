#include "rules/src/body_text.h"

#include "rules/src/field_values.h"
#include "rules/src/json_reader.h"
#include "rules/src/message.h"

#include <cstddef>
#include <variant>

namespace dosimeter::rules {

std::optional<JsonDocument> parse_body(std::string_view text, Report& report) {
  if (text.size() > kMaximumBodyBytes) {
    report.error("document_too_large", {},
                 concat("expected at most ", kMaximumBodyBytes >> 20U, " MiB (", kMaximumBodyBytes,
                        " bytes), got more"));
    return std::nullopt;
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    report.error("empty_document", {},
                 concat("expected a JSON object, got ",
                        text.empty() ? "an empty body" : "nothing but white space"));
    return std::nullopt;
  }
  std::variant<JsonDocument, JsonError> parsed = read_json(text);
  if (const auto* error = std::get_if<JsonError>(&parsed)) {
    report.error(error->code, error->place, error->message);
    return std::nullopt;
  }
  auto& json = std::get<JsonDocument>(parsed);
  if (!json.root().is(JsonKind::object)) {
    report_wrong_type("the body", "an object", json.root(), report);
    return std::nullopt;
  }
  return std::move(json);
}

std::optional<JsonValue> needed_array(std::string_view name, JsonValue object, Report& report) {
  const auto value = object.find(name);
  if (!value) {
    report_missing({&name, 1}, object, report);
    return std::nullopt;
  }
  if (!value->is(JsonKind::array)) {
    report_wrong_type(name, "an array", *value, report);
    return std::nullopt;
  }
  std::size_t count = 0;
  value->for_each_item([&](JsonValue) { ++count; });
  if (count > kMaximumBodyItems) {
    report.error("too_many_items", value->place(),
                 concat(name, " must have at most ", kMaximumBodyItems, " items, got ", count));
    return std::nullopt;
  }
  return value;
}

std::optional<JsonValue> member(std::string_view name, JsonValue object) {
  const auto value = object.find(name);
  return value && !value->is(JsonKind::null) ? value : std::nullopt;
}

}  // namespace dosimeter::rules
