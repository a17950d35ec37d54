#include "rules/src/cloudformation.h"

#include "rules/src/field_values.h"
#include "rules/src/foreign_text.h"
#include "rules/src/message.h"
#include "rules/src/sampling_rule_reader.h"
#include "rules/src/suggestion.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <string>
#include <string_view>

namespace dosimeter::rules {
namespace {

constexpr std::string_view kType = "AWS::XRay::SamplingRule";
// The last three are what templates had before SamplingRule alone was enough.
constexpr std::array<std::string_view, 5> kPropertyKeys{"SamplingRule", "Tags", "RuleName",
                                                        "SamplingRuleRecord", "SamplingRuleUpdate"};

// The object of the rule, in its own place or within the older SamplingRuleRecord.
std::optional<JsonValue> find_rule(JsonValue properties, Report& report) {
  if (const auto rule = properties.find("SamplingRule")) return rule;
  const auto record = properties.find("SamplingRuleRecord");
  if (!record) {
    report.error("missing_key", properties.place(), "SamplingRule is missing");
    return std::nullopt;
  }
  if (is_placeholder("SamplingRuleRecord", *record, Placeholders::cloudformation, report))
    return std::nullopt;
  const auto rule = record->find("SamplingRule");
  if (!rule)
    report.error("missing_key", record->place(), "SamplingRule is missing in SamplingRuleRecord");
  return rule;
}

void read_resource(std::string_view id, JsonValue resource, std::vector<FoundRule>& rules,
                   Report& report) {
  report.set_rule(std::string(id));
  if (const auto condition = resource.find("Condition")) {
    report.warning("conditional_rule", condition->place(),
                   concat("the rule exists only under the condition ", quote(condition->text()),
                          ", taken as true"));
  }
  const auto properties = resource.find("Properties");
  if (!properties) {
    report.error("missing_key", resource.place(), "Properties is missing");
    return;
  }
  if (is_placeholder("Properties", *properties, Placeholders::cloudformation, report)) return;
  if (!properties->is(JsonKind::object)) {
    report_wrong_type("Properties", "an object", *properties, report);
    return;
  }
  check_keys(*properties, kPropertyKeys, Severity::error, report);
  const auto rule = find_rule(*properties, report);
  if (!rule) return;
  const auto outer_name = properties->find("RuleName");
  const bool named = outer_name && outer_name->is(JsonKind::string);
  RuleStyle style;
  style.placeholders = Placeholders::cloudformation;
  style.quoted_numbers = QuotedNumbers::taken;
  rules.push_back(
      read_sampling_rule(*rule, style, std::string(id), named ? outer_name->text() : "", report));
}

void read_resources(JsonValue resources, std::vector<FoundRule>& rules, Report& report) {
  bool found = false;
  resources.for_each_member([&](JsonValue id, JsonValue resource) {
    const auto type = resource.find("Type");
    if (report.full() || !type || !type->is(JsonKind::string)) return;
    if (type->text() == kType) {
      found = true;
      read_resource(id.text(), resource, rules, report);
    } else if (!suggest(type->text(), std::array{kType}).empty()) {
      found = true;
      report.error("unknown_resource_type", type->place(),
                   concat("unknown type ", quote(type->text()), ", did you mean ", kType, "?"));
    }
    report.set_rule("");
  });
  if (!found) {
    report.error("no_rules", resources.place(),
                 concat("expected resources of the type ", kType, ", found none"));
  }
}

}  // namespace

void read_cloudformation(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  if (const auto body = root.find("TemplateBody")) {
    if (body->is(JsonKind::string)) {
      report.error("yaml", body->place(),
                   concat("expected a template in JSON, got a string, ", kConvertYaml));
    } else if (body->is(JsonKind::object) && !body->find("TemplateBody")) {
      read_cloudformation(*body, rules, report);
    } else {
      report_wrong_type("TemplateBody", "a template", *body, report);
    }
    return;
  }
  const auto resources = root.find("Resources");
  if (!resources) {
    report.error("missing_key", root.place(), "Resources is missing");
  } else if (!resources->is(JsonKind::object)) {
    report_wrong_type("Resources", "an object", *resources, report);
  } else {
    read_resources(*resources, rules, report);
  }
}

}  // namespace dosimeter::rules
