#pragma once

#include "sim/json_text.h"
#include "sim/report/report.h"

#include <span>
#include <string_view>
#include <vector>

/// What the reports in JSON have in common: docs/report.md.
namespace dosimeter::sim {

[[nodiscard]] std::string_view method_name(Method method);
[[nodiscard]] Json input_json(const ReplayResult& replay);
/// Adds the fields from `matched` to `recorded`.
void add_traces(Json& object, const PredictedTraces& traces);
[[nodiscard]] Json traffic_json(const Report& report);
[[nodiscard]] Json fleet_json(const Report& report);
[[nodiscard]] Json ranges_json(const Report& report);
[[nodiscard]] Json boosts_json(const Report& report);
[[nodiscard]] Json by_instances_json(const Report& report);
[[nodiscard]] Json cost_json(const Report& report);
[[nodiscard]] Json sources_json(const std::vector<rules::DocumentSource>& sources);
[[nodiscard]] Json warnings_json(std::span<const Warning> warnings);

}  // namespace dosimeter::sim
