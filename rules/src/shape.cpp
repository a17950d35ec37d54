#include "rules/src/shape.h"

#include "rules/src/message.h"
#include "rules/src/sampling_rule_fields.h"
#include "rules/src/suggestion.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace dosimeter::rules {
namespace {

constexpr std::array<std::string_view, 9> kTopKeys{
    "SamplingRule", "SamplingRuleRecord", "SamplingRuleRecords", "SamplingRuleUpdate",
    "Resources",    "resource",           "planned_values",      "default",
    "rules"};

constexpr std::string_view kAccepted =
    "expected a rule document: {\"SamplingRule\": ...}, {\"SamplingRuleRecords\": ...} or "
    "{\"SamplingRuleRecord\": ...} "
    "as aws xray writes them, a rule {\"RuleName\": ...}, an array of these, a local document "
    "{\"version\": 2, "
    "\"default\": ...}, a CloudFormation template, the output of terraform show -json, or .tf.json";

bool is_version(const std::optional<JsonValue>& version, std::string_view number) {
  return version && version->is(JsonKind::number) && version->text() == number;
}

// Real documents have a handful of keys at the top. Past these none is compared with what it might
// have been meant for.
constexpr std::size_t kKeysCompared = 100;

// How many keys are, or are nearly, fields of a sampling rule.
struct RuleKeys {
  bool exact = false;
  std::size_t near = 0;
};

RuleKeys count_rule_keys(JsonValue object) {
  std::array<std::string_view, sampling_rule_field_count> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kSamplingRuleFields[i].pascal;
  RuleKeys keys;
  std::size_t compared = 0;
  object.for_each_member([&](JsonValue key, JsonValue) {
    if (keys.near >= 2 || ++compared > kKeysCompared) return;
    const std::string_view name = suggest(key.text(), names);
    if (name.empty()) return;
    ++keys.near;
    if (name == key.text()) keys.exact = true;
  });
  return keys;
}

DocumentShape local_shape(JsonValue root) {
  const auto version = root.find("version");
  if (is_version(version, "1")) return DocumentShape::local_version_1;
  if (is_version(version, "2")) return DocumentShape::local_version_2;
  bool service_name = false;
  if (const auto rules = root.find("rules")) {
    rules->for_each_item([&](JsonValue rule) {
      if (rule.is(JsonKind::object) && rule.find("service_name") && !rule.find("host"))
        service_name = true;
    });
  }
  return service_name ? DocumentShape::local_version_1 : DocumentShape::local_version_2;
}

bool is_terraform_config(JsonValue root) {
  constexpr std::array<std::string_view, 8> kBlocks{"resource", "terraform", "provider", "variable",
                                                    "module",   "locals",    "output",   "data"};
  for (const std::string_view block : kBlocks) {
    const auto value = root.find(block);
    if (value && (value->is(JsonKind::object) || value->is(JsonKind::array))) return true;
  }
  return false;
}

// A key that is nearly one of those that tell a shape, with a value that could hold rules.
bool report_near_miss(JsonValue root, Report& report) {
  bool found = false;
  std::size_t compared = 0;
  root.for_each_member([&](JsonValue key, JsonValue value) {
    const bool holds_rules = value.is(JsonKind::object) || value.is(JsonKind::array);
    if (found || !holds_rules || ++compared > kKeysCompared) return;
    std::string_view meant = suggest(key.text(), kTopKeys);
    if (meant.empty()) return;
    std::string hint;
    if (value.is(JsonKind::array) && meant.starts_with("SamplingRule")) {
      meant = "SamplingRuleRecords";
      hint = " (an array of rules may also stand alone)";
    }
    report.error("unknown_key", key.place(),
                 concat("unknown key ", quote(key.text()), ", did you mean ", meant, "?", hint));
    found = true;
  });
  return found;
}

}  // namespace

std::optional<DocumentShape> aws_shape(JsonValue object) {
  if (object.find("SamplingRuleRecords")) return DocumentShape::get_output;
  if (object.find("SamplingRuleRecord")) return DocumentShape::create_output;
  if (object.find("SamplingRule")) {
    const bool stamped = object.find("CreatedAt") || object.find("ModifiedAt");
    return stamped ? DocumentShape::create_output : DocumentShape::create_input;
  }
  const RuleKeys keys = count_rule_keys(object);
  if (keys.exact || keys.near >= 2) return DocumentShape::bare_rule;
  return std::nullopt;
}

std::optional<DocumentShape> detect_shape(JsonValue root, Report& report) {
  if (root.is(JsonKind::array)) return DocumentShape::rule_array;
  if (!root.is(JsonKind::object)) {
    report.error("unknown_shape", root.place(), concat(kAccepted, "; got ", describe(root)));
    return std::nullopt;
  }
  if (root.find("SamplingRuleUpdate")) {
    report.error("update_document", root.place(),
                 "expected whole rules, got input of aws xray update-sampling-rule, which has the "
                 "changes alone (use the "
                 "output of aws xray get-sampling-rules)");
    return std::nullopt;
  }
  if (root.find("lineage") && root.find("terraform_version")) {
    report.error("terraform_state", root.place(),
                 "expected the output of terraform show -json, got a Terraform state file (run "
                 "terraform show -json)");
    return std::nullopt;
  }
  if (root.find("Resources") || root.find("AWSTemplateFormatVersion") ||
      root.find("TemplateBody")) {
    return DocumentShape::cloudformation;
  }
  if (root.find("planned_values") || root.find("format_version"))
    return DocumentShape::terraform_show;
  if (root.find("default") || root.find("rules")) return local_shape(root);
  const auto aws = aws_shape(root);
  if (aws && *aws != DocumentShape::bare_rule) return aws;
  if (is_terraform_config(root)) return DocumentShape::terraform_config;
  if (report_near_miss(root, report)) return std::nullopt;
  if (aws && !(root.find("version") && count_rule_keys(root).near < 2)) return aws;
  if (root.find("version")) return local_shape(root);
  report.error("unknown_shape", root.place(), std::string(kAccepted));
  return std::nullopt;
}

}  // namespace dosimeter::rules
