#pragma once

#include "sim/report/report.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the reports in JSON have in common: docs/report.md.
namespace dosimeter::sim {

using Json = nlohmann::ordered_json;

/// A statistic that does not exist is null.
template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

[[nodiscard]] std::string_view method_name(Method method);
[[nodiscard]] Json input_json(const ReplayResult& replay);
/// Adds the fields from `matched` to `recorded`.
void add_traces(Json& object, const PredictedTraces& traces);
[[nodiscard]] Json cost_json(const Report& report);
[[nodiscard]] Json sources_json(const std::vector<rules::DocumentSource>& sources);
[[nodiscard]] Json warnings_json(const std::vector<Warning>& warnings);

/// With a line break behind. Valid UTF-8 whatever its texts hold.
[[nodiscard]] std::string json_text(const Json& json);

}  // namespace dosimeter::sim
