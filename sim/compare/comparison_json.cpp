#include "sim/compare/comparison_json.h"

#include "sim/report/fleet_text.h"
#include "sim/report/json_parts.h"
#include "sim/report/quality_parts.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

Json side_json(const ComparedSide& side, bool has_month) {
  Json json = Json::object();
  if (!side.ignored.empty()) json["ignored"] = side.ignored;
  const RulePrediction prediction = side.prediction.value_or(RulePrediction{});
  add_traces(json, prediction.traces);
  json["usd_per_month"] = side.prediction ? or_null(prediction.usd_per_month)
                          : has_month     ? Json(0.0)
                                          : Json(nullptr);
  return json;
}

Json rules_json(const Comparison& comparison) {
  Json rules = Json::array();
  for (const ComparedRule& rule : comparison.rules) {
    rules.push_back({{"name", rule.name},
                     {"implicit", rule.implicit},
                     {"a", side_json(rule.a, comparison.a.prediction.month.has_value())},
                     {"b", side_json(rule.b, comparison.b.prediction.month.has_value())},
                     {"left", rule.movement.left},
                     {"came", rule.movement.came}});
  }
  return rules;
}

Json causes_json(const Comparison& comparison, const Causes& causes) {
  Json json = Json::array();
  for (std::size_t i = 0; i < comparison.differences.size(); ++i) {
    if (!causes.has(i)) continue;
    const ChoiceDifference& difference = comparison.differences[i];
    json.push_back({{"choice", difference.key},
                    {"name", difference.name},
                    {"a", difference.a.value},
                    {"b", difference.b.value}});
  }
  return json;
}

Json example_json(const ExampleRequest& example) {
  return {{"file", example.file},
          {"line", example.line},
          {"service", or_null(example.service_name)},
          {"service_type", or_null(example.service_type)},
          {"host", or_null(example.host)},
          {"method", or_null(example.http_method)},
          {"path", or_null(example.target)},
          {"resource_arn", or_null(example.resource_arn)},
          {"trace_header", or_null(example.trace_header)},
          {"cut", example.cut}};
}

Json changes_json(const Comparison& comparison) {
  Json changes = Json::array();
  for (const Change& change : comparison.changes) {
    changes.push_back({{"from", comparison.names.name(change.from)},
                       {"to", comparison.names.name(change.to)},
                       {"requests", change.requests},
                       {"together", change.causes.together},
                       {"causes", causes_json(comparison, change.causes)},
                       {"example", example_json(change.example)}});
  }
  return changes;
}

Json volume_json(const Comparison& comparison) {
  Json shifts = Json::array();
  for (const VolumeShift& shift : comparison.volume.shifts) {
    shifts.push_back({{"choices", shift.key},
                      {"name", shift.name},
                      {"recorded", shift.recorded},
                      {"usd_per_month", or_null(shift.usd_per_month)}});
  }
  return {{"shifts", std::move(shifts)},
          {"remainder",
           {{"recorded", comparison.volume.remainder},
            {"usd_per_month", or_null(comparison.volume.usd_remainder)}}}};
}

Json total_json(const Report& report) {
  Json json = Json::object();
  add_traces(json, report.prediction.total);
  return json;
}

Json both(Json a, Json b) {
  return {{"a", std::move(a)}, {"b", std::move(b)}};
}

}  // namespace

std::string write_comparison_json(const Comparison& comparison) {
  const Report& a = comparison.a;
  const Report& b = comparison.b;
  return json_text({
      {"schema_version", kComparisonSchemaVersion},
      {"recorders", Json::array({a.rules.recorder().name, b.rules.recorder().name})},
      {"mode", mode_name(a)},
      {"modes", both(mode_name(a), mode_name(b))},
      {"instances", a.instances},
      {"fleet", both(fleet_json(a), fleet_json(b))},
      {"ranges", both(ranges_json(a), ranges_json(b))},
      {"method", method_name(std::max(a.prediction.method, b.prediction.method))},
      {"partial", comparison.partial()},
      {"confidence", a.settings.confidence},
      {"rule_sources", sources_json(a.rule_sources)},
      {"input", both(input_json(a.replay), input_json(b.replay))},
      {"traffic", traffic_json(a)},
      {"data_quality", both(quality_json(a.replay.quality, quality_context(a.replay)),
                            quality_json(b.replay.quality, quality_context(b.replay)))},
      {"requests", comparison.requests},
      {"changed", comparison.changed},
      {"upstream", {{"left", comparison.upstream.left}, {"came", comparison.upstream.came}}},
      {"rules", rules_json(comparison)},
      {"total", both(total_json(a), total_json(b))},
      {"cost", both(cost_json(a), cost_json(b))},
      {"volume", volume_json(comparison)},
      {"changes", changes_json(comparison)},
      {"changes_left_out", comparison.changes_left_out},
      {"warnings", warnings_json(comparison.warnings)},
  });
}

}  // namespace dosimeter::sim
