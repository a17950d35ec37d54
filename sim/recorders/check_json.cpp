#include "sim/recorders/check_json.h"

#include "sim/json_text.h"
#include "sim/recorders/recorder_json.h"

namespace dosimeter::sim {
namespace {

Json place_json(const rules::Location& location) {
  if (location.line == 0) return nullptr;
  return {{"file", location.file}, {"line", location.line}, {"column", location.column}};
}

Json check_json(const RecorderCheck& check, RuleKind kind) {
  Json json = {{"recorder", check.recorder->name},
               {"verdict", verdict_name(check.verdict)},
               {"message", check.message.empty() ? Json(nullptr) : Json(check.message)},
               {"place", place_json(check.location)},
               {"used", nullptr},
               {"ignored", nullptr}};
  if (kind == RuleKind::local) return json;
  json["used"] = check.used;
  json["ignored"] = Json::array();
  for (const UnusedRule& rule : check.ignored) {
    json["ignored"].push_back({{"name", rule.name}, {"reason", rule.reason}});
  }
  return json;
}

}  // namespace

std::string write_check_json(const DocumentReport& report) {
  Json checks = Json::array();
  for (const RecorderCheck& check : report.checks) {
    checks.push_back(check_json(check, report.kind));
  }
  const Json json = {
      {"schema_version", kRecorderSchemaVersion},
      {"document", report.name},
      {"shape", report.shape ? Json(shape_name(*report.shape)) : Json(nullptr)},
      {"mode", report.kind == RuleKind::central ? "central" : "local"},
      {"rules", report.kind == RuleKind::central ? Json(report.rules) : Json(nullptr)},
      {"recorders", std::move(checks)}};
  return json_text(json);
}

}  // namespace dosimeter::sim
