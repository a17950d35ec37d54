#include "sim/report/group_json.h"

#include "sim/breakdown/endpoint_text.h"
#include "sim/report/group_text.h"
#include "sim/report/json_parts.h"

namespace dosimeter::sim {
namespace {

void add_figures(Json& line, const PredictedGroup& group) {
  line["requests"] = group.requests();
  line["upstream_decided"] = group.upstream_decided;
  line["matched"] = group.matched;
  line["reservoir_taken"] = group.reservoir_taken;
  line["rate_taken"] = group.rate_taken;
  line["recorded"] = {{"expected", group.expected()}};
  line["effective_rate"] = or_null(group.effective_rate());
}

/// `name(line, group)` says what the line is about.
template <typename Name>
Json table_json(const PredictedTable& table, Name&& name) {
  Json lines = Json::array();
  const auto add = [&](const PredictedGroup& group, bool is_other) {
    Json line = Json::object();
    name(line, group, is_other);
    add_figures(line, group);
    lines.push_back(std::move(line));
  };
  for (const PredictedGroup& group : table.groups) add(group, false);
  if (table.other) add(*table.other, true);
  return {{"method", method_name(table.method)}, {"groups", std::move(lines)}};
}

Json part_json(std::string_view part) {
  return part.empty() ? Json(nullptr) : Json(part);
}

}  // namespace

void add_tables(Json& report, const PredictedTables& tables) {
  if (tables.by_endpoint) {
    report["by_endpoint"] =
        table_json(*tables.by_endpoint, [](Json& line, const PredictedGroup& group, bool other) {
          const EndpointParts parts = other ? EndpointParts{} : endpoint_parts(group.name);
          line["method"] = part_json(parts.method);
          line["path"] = part_json(parts.path);
          line["other"] = other;
        });
  }
  if (tables.by_status) {
    report["by_status"] = table_json(*tables.by_status, [](Json& line, const PredictedGroup& group,
                                                           bool) { line["status"] = group.name; });
  }
  if (tables.by_hour) {
    report["by_hour"] =
        table_json(*tables.by_hour, [](Json& line, const PredictedGroup& group, bool) {
          line["hour"] = hour_text(group.hour);
        });
  }
}

}  // namespace dosimeter::sim
