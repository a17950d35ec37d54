#include "rules/src/aws_documents.h"
#include "rules/src/message.h"
#include "rules/src/sampling_rule_reader.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <string_view>

namespace dosimeter::rules {
namespace {

// CreatedAt and ModifiedAt are seconds since 1970 in version 1 of the AWS CLI and ISO 8601 in
// version 2. Nothing here depends on them, so neither spelling is looked at.
constexpr std::array<std::string_view, 3> kRecordKeys{"SamplingRule", "CreatedAt", "ModifiedAt"};
constexpr std::array<std::string_view, 1> kCreateOutputKeys{"SamplingRuleRecord"};
constexpr std::array<std::string_view, 2> kGetOutputKeys{"SamplingRuleRecords", "NextToken"};

void read_record(JsonValue record, std::vector<FoundRule>& rules, Report& report) {
  const std::string label = next_label(rules);
  report.set_rule(label);
  const auto rule = record.find("SamplingRule");
  if (!record.is(JsonKind::object)) {
    report_wrong_type("a SamplingRuleRecord", "an object", record, report);
  } else if (!rule) {
    report.error("missing_key", record.place(), "SamplingRule is missing");
  } else {
    RuleStyle style;
    style.origin = Origin::returned;
    style.unknown_key = Severity::warning;
    style.null_is_absent = true;
    rules.push_back(read_sampling_rule(*rule, style, label, "", report));
  }
  check_keys(record, kRecordKeys, Severity::warning, report);
  report.set_rule("");
}

}  // namespace

void read_create_output(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  const auto record = root.find("SamplingRuleRecord");
  if (!record) {
    read_record(root, rules, report);
    return;
  }
  check_keys(root, kCreateOutputKeys, Severity::warning, report);
  read_record(*record, rules, report);
}

void read_records(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  check_keys(root, kGetOutputKeys, Severity::warning, report);
  const auto records = root.find("SamplingRuleRecords");
  if (!records || !records->is(JsonKind::array)) {
    if (records) report_wrong_type("SamplingRuleRecords", "an array", *records, report);
    return;
  }
  if (records->empty()) {
    report.warning("no_rules", records->place(),
                   "SamplingRuleRecords holds no rule: the Default rule alone applies");
  }
  records->for_each_item([&](JsonValue record) {
    if (!report.full()) read_record(record, rules, report);
  });
}

void read_get_output(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  read_records(root, rules, report);
  const auto token = root.find("NextToken");
  if (token && !token->is(JsonKind::null) && !token->text().empty()) {
    report.warning(
        "list_incomplete", token->place(),
        "NextToken says that the list goes on: fetch the whole list, rules are missing here");
  }
}

}  // namespace dosimeter::rules
