#include "sim/report/json_writer.h"

#include "sim/report/fleet_text.h"
#include "sim/report/group_json.h"
#include "sim/report/json_parts.h"
#include "sim/report/quality_parts.h"

namespace dosimeter::sim {
namespace {

Json rule_json(const Rule& rule) {
  return {{"name", rule.name()},
          {"priority", rule.priority()},
          {"reservoir_size", rule.reservoir_size()},
          {"fixed_rate", rule.fixed_rate().value()}};
}

Json rules_json(const Report& report) {
  Json rules = Json::array();
  for (std::size_t i = 0; i < report.rules.rules().size(); ++i) {
    Json rule = rule_json(report.rules.rules()[i]);
    rule["implicit"] = report.rules.is_stand_in(static_cast<RuleIndex>(i));
    add_traces(rule, report.prediction.rules[i].traces);
    rule["usd_per_month"] = or_null(report.prediction.rules[i].usd_per_month);
    rules.push_back(std::move(rule));
  }
  for (const IgnoredRule& ignored : report.rules.ignored()) {
    Json rule = rule_json(ignored.rule);
    rule["ignored"] = ignored.reason;
    rule["implicit"] = false;
    add_traces(rule, PredictedTraces{});
    rule["usd_per_month"] = report.prediction.month ? Json(0.0) : Json(nullptr);
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

std::string write_json(const Report& report) {
  Json total = Json::object();
  add_traces(total, report.prediction.total);
  Json json = {
      {"schema_version", kReportSchemaVersion},
      {"recorder", report.rules.recorder().name},
      {"mode", mode_name(report)},
      {"instances", report.instances},
      {"fleet", fleet_json(report)},
      {"method", method_name(report.prediction.method)},
      {"partial", report.replay.partial},
      {"confidence", report.settings.confidence},
      {"rule_sources", sources_json(report.rule_sources)},
      {"input", input_json(report.replay)},
      {"traffic", traffic_json(report)},
      {"data_quality", quality_json(report.replay.quality, quality_context(report.replay))},
      {"rules", rules_json(report)},
      {"total", std::move(total)},
      {"cost", cost_json(report)},
      {"ranges", ranges_json(report)},
      {"boosts", boosts_json(report)},
      {"by_instances", by_instances_json(report)},
  };
  add_tables(json, report.tables);
  json["warnings"] = warnings_json(report.warnings);
  return json_text(json);
}

}  // namespace dosimeter::sim
