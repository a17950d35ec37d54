#include <dosimeter/rules/sampling_rules_body.h>

#include "rules/src/aws_documents.h"
#include "rules/src/body_text.h"
#include "rules/src/field_values.h"
#include "rules/src/json_writer.h"
#include "rules/src/message.h"
#include "rules/src/repeated_keys.h"
#include "rules/src/stamp.h"

#include <cstddef>
#include <unordered_set>
#include <utility>

namespace dosimeter::rules {
namespace {

// An engine knows a rule by its name.
void check_names(const std::vector<FoundRule>& rules, Report& report) {
  std::unordered_set<std::string_view> names;
  for (const FoundRule& rule : rules) {
    if (rule.name.empty() || names.insert(rule.name).second) continue;
    report.set_rule(rule.label);
    report.error("rule_name_repeated", rule.name_place,
                 "a rule name must be used once, got it again");
  }
  report.set_rule("");
}

std::optional<TimePoint> stamp(std::string_view name, JsonValue record, Report& report) {
  const auto value = member(name, record);
  return value ? read_stamp(name, *value, report) : std::nullopt;
}

void write_rule(const Rule& rule, JsonWriter& json) {
  json.begin_object();
  json.key("RuleName");
  json.string(rule.name());
  json.key("Priority");
  json.number(rule.priority());
  json.key("FixedRate");
  json.number(rule.fixed_rate().value());
  json.key("ReservoirSize");
  json.number(std::int64_t{rule.reservoir_size()});
  for (const Field field : kFields) {
    if (rule.lacks(field)) continue;
    json.key(field_name(field));
    json.string(rule.pattern(field));
  }
  json.key("Version");
  json.number(rule.version());
  if (!rule.lacks_attributes()) {
    json.key("Attributes");
    json.begin_object();
    for (const RuleAttribute& attribute : rule.attributes()) {
      json.key(attribute.key);
      json.string(attribute.pattern);
    }
    json.end_object();
  }
  if (const auto& boost = rule.sampling_rate_boost()) {
    json.key("SamplingRateBoost");
    json.begin_object();
    json.key("MaxRate");
    json.number(boost->maximum_rate.value());
    json.key("CooldownWindowMinutes");
    json.number(std::int64_t{boost->cooldown_window.count()});
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string write_sampling_rules_request(std::string_view next_token) {
  JsonWriter json;
  json.begin_object();
  if (!next_token.empty()) {
    json.key("NextToken");
    json.string(next_token);
  }
  json.end_object();
  return json.text();
}

BodyResult<SamplingRulesBody> read_sampling_rules(const Source& source) {
  SamplingRulesBody body;
  Report report(source.name);
  const auto json = parse_body(source.text, report);
  const auto records =
      json ? needed_array("SamplingRuleRecords", json->root(), report) : std::nullopt;
  if (!records) return finish_body(std::move(body), report);

  std::vector<FoundRule> rules;
  read_records(json->root(), rules, report);
  check_names(rules, report);
  report_repeated_keys(*json, rules, report);
  if (const auto token = member("NextToken", json->root())) {
    body.next_token = read_string("NextToken", *token, report).value_or("");
  }
  // From here on a rule stands for each record.
  if (report.has_errors()) return finish_body(std::move(body), report);
  std::size_t at = 0;
  records->for_each_item([&](JsonValue record) {
    FoundRule& found = rules[at++];
    if (!found.rule) return;
    report.set_rule(found.label);
    body.records.push_back({*std::move(found.rule), stamp("CreatedAt", record, report),
                            stamp("ModifiedAt", record, report)});
  });
  return finish_body(std::move(body), report);
}

std::string write_sampling_rules(const SamplingRulesBody& body, StampSpelling spelling) {
  JsonWriter json;
  json.begin_object();
  json.key("SamplingRuleRecords");
  json.begin_array();
  for (const SamplingRuleRecord& record : body.records) {
    json.begin_object();
    json.key("SamplingRule");
    write_rule(record.rule, json);
    if (record.created_at) {
      json.key("CreatedAt");
      json.raw(stamp_text(*record.created_at, spelling));
    }
    if (record.modified_at) {
      json.key("ModifiedAt");
      json.raw(stamp_text(*record.modified_at, spelling));
    }
    json.end_object();
  }
  json.end_array();
  json.key("NextToken");
  if (body.next_token.empty()) {
    json.null();
  } else {
    json.string(body.next_token);
  }
  json.end_object();
  return json.text();
}

}  // namespace dosimeter::rules
