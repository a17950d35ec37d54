#include "rules/src/json_value.h"

#include "rules/src/message.h"

#include <algorithm>

namespace dosimeter::rules {

JsonValue JsonDocument::root() const {
  return JsonValue(*this, 0);
}

std::string_view JsonValue::token() const {
  return document_->text.substr(node().offset, node().length);
}

std::string_view JsonValue::text() const {
  if (node().decoded) {
    const auto& decoded = document_->decoded;
    const auto found = std::lower_bound(decoded.begin(), decoded.end(), index_,
                                        [](const JsonDocument::DecodedString& entry,
                                           std::uint32_t index) { return entry.node < index; });
    return found->value;
  }
  const std::string_view written = token();
  return is(JsonKind::string) ? written.substr(1, written.size() - 2) : written;
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  if (!is(JsonKind::object)) return std::nullopt;
  for (std::uint32_t at = index_ + 1; at < node().end; at = document_->nodes[at + 1].end) {
    if (JsonValue(*document_, at).text() == key) return JsonValue(*document_, at + 1);
  }
  return std::nullopt;
}

std::string describe(JsonValue value) {
  switch (value.kind()) {
    case JsonKind::null:
    case JsonKind::boolean:
      return std::string(value.text());
    case JsonKind::number:
      return concat("the number ", excerpt(value.text()));
    case JsonKind::string:
      return concat("the string ", quote(value.text()));
    case JsonKind::array:
      return "an array";
    case JsonKind::object:
      return "an object";
  }
  return "";
}

}  // namespace dosimeter::rules
