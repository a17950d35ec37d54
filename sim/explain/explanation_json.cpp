#include "sim/explain/explanation_json.h"

#include "sim/explain/compared_part.h"
#include "sim/json_text.h"
#include "sim/report/json_parts.h"

#include <array>

namespace dosimeter::sim {
namespace {

/// By Field: the keys of a request, the same as in files of requests.
constexpr std::array<const char*, kFieldCount> kRequestKeys = {
    "service", "service_type", "host", "method", "path", "resource_arn"};

/// A value that is no string comes back as the JSON that it was.
Json attribute_json(std::string_view value, AttributeType type) {
  if (type == AttributeType::text) return value;
  Json parsed = Json::parse(value, nullptr, false);
  return parsed.is_discarded() ? Json(value) : parsed;
}

Json asked_json(const Question& question) {
  Json json = Json::object();
  for (const Field field : kFields) {
    const auto& text = question.request.field(field);
    if (text) json[kRequestKeys[static_cast<std::size_t>(field)]] = *text;
  }
  for (const AskedAttribute& attribute : question.request.attributes) {
    json["attributes"][attribute.key] = attribute_json(attribute.value, attribute.type);
  }
  if (question.url) json["url"] = *question.url;
  if (question.trace_header) json["trace_header"] = *question.trace_header;
  return json;
}

Json seen_json(const Request& request) {
  Json json = Json::object();
  for (const Field field : kFields) {
    const FieldText& text = request.field(field);
    if (text) json[kRequestKeys[static_cast<std::size_t>(field)]] = *text;
  }
  for (const Attribute& attribute : request.attributes) {
    json["attributes"][std::string(attribute.key)] =
        attribute_json(attribute.value, attribute.type);
  }
  return json;
}

Json rule_json(const Answer& answer, const RuleExplanation& explained) {
  const Rule& rule = answer.rules->set->rules()[explained.rule];
  Json fields = Json::object();
  Json attributes = Json::object();
  for (const ComparedPart& part : parts_of(explained)) {
    (part.field ? fields : attributes)[std::string(part.name)] = {
        {"pattern", part.pattern},
        {"text", or_null(part.text)},
        {"outcome", comparison_name(part.comparison)}};
  }
  return {{"name", rule.name()},
          {"priority", rule.priority()},
          {"verdict", verdict_name(explained.verdict)},
          {"fields", std::move(fields)},
          {"attributes", std::move(attributes)}};
}

/// Who decides the request.
const char* decider_name(const Answer& answer) {
  if (answer.upstream() != UpstreamDecision::none) return "trace_header";
  if (answer.error()) return "error";
  if (answer.selected() != nullptr) return "rule";
  return answer.rules->set->fallback() == Fallback::aws_default ? "aws_default" : "local_sampler";
}

/// Puts what every answer has into an object.
void add_answer(Json& json, const Answer& answer) {
  const Rule* selected = answer.selected();
  json["rule"] = selected == nullptr ? Json(nullptr) : Json(selected->name());
  json["decided_by"] = decider_name(answer);
  Json ignored = Json::array();
  if (answer.rules->set) {
    for (const IgnoredRule& rule : answer.rules->set->ignored())
      ignored.push_back(rule.rule.name());
  }
  json["ignored_rules"] = std::move(ignored);
  if (const auto error = answer.error()) json["error"] = *error;
}

void add_rules(Json& json, const Answer& answer) {
  Json rules = Json::array();
  for (const RuleExplanation& explained : answer.explanation.rules) {
    rules.push_back(rule_json(answer, explained));
  }
  json["rules"] = std::move(rules);
}

void add_upstream(Json& json, const Answer& answer) {
  const char* upstream = "none";
  if (answer.upstream() == UpstreamDecision::sampled) upstream = "sampled";
  if (answer.upstream() == UpstreamDecision::not_sampled) upstream = "not_sampled";
  json["upstream"] = upstream;
  json["rules_asked"] = answer.asks_rules();
}

void add_ignored_reasons(Json& json, const Answer& answer) {
  Json reasons = Json::object();
  if (answer.rules->set) {
    for (const IgnoredRule& rule : answer.rules->set->ignored()) {
      reasons[rule.rule.name()] = rule.reason;
    }
  }
  json["ignored_reasons"] = std::move(reasons);
}

}  // namespace

std::string write_explanation_json(const Answer& answer, const std::optional<WhyNotAnswer>& why_not,
                                   std::span<const Warning> warnings) {
  Json json = {{"schema_version", kExplanationSchemaVersion},
               {"recorder", answer.recorder().name},
               {"request", asked_json(answer.seen->question())},
               {"seen_request", seen_json(answer.seen->request())}};
  add_upstream(json, answer);
  add_answer(json, answer);
  add_ignored_reasons(json, answer);
  if (why_not) {
    json["why_not"] = {{"rule", why_not->rule},
                       {"reason", why_not_name(why_not->reason)},
                       {"part", why_not->part ? Json(part_name(*why_not->part)) : Json(nullptr)},
                       {"message", why_not->message}};
  }
  add_rules(json, answer);
  json["warnings"] = warnings_json(warnings);
  return json_text(json);
}

std::string write_recorders_json(const std::vector<RecorderRow>& rows,
                                 std::span<const Warning> warnings) {
  Json json = {{"schema_version", kExplanationSchemaVersion}};
  Json recorders = Json::array();
  for (const RecorderRow& row : rows) {
    if (row.is_chosen) {
      json["recorder"] = row.answer.recorder().name;
      json["request"] = asked_json(row.answer.seen->question());
    }
    Json recorder = {{"recorder", row.answer.recorder().name},
                     {"seen_request", seen_json(row.answer.seen->request())}};
    add_upstream(recorder, row.answer);
    add_answer(recorder, row.answer);
    recorder["same"] = row.is_same;
    recorder["reason"] = row.reason.empty() ? Json(nullptr) : Json(row.reason);
    recorders.push_back(std::move(recorder));
  }
  json["recorders"] = std::move(recorders);
  json["warnings"] = warnings_json(warnings);
  return json_text(json);
}

std::string write_answer_line(const Answer& answer, std::uint64_t request_line) {
  Json json = {{"request_line", request_line}};
  add_answer(json, answer);
  add_rules(json, answer);
  return json_text(json, kJsonOnOneLine);
}

}  // namespace dosimeter::sim
