#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

/// What all that is written in JSON has in common.
namespace dosimeter::sim {

/// Keys stay in the order in which they were put in.
using Json = nlohmann::ordered_json;

/// What does not exist is null.
template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline constexpr int kJsonIndent = 2;
/// For one object a line.
inline constexpr int kJsonOnOneLine = -1;

/// With a line break behind. Valid UTF-8 whatever its texts hold.
[[nodiscard]] inline std::string json_text(const Json& json, int indent = kJsonIndent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dosimeter::sim
