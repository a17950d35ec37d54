#include "rules/src/aws_documents.h"
#include "rules/src/message.h"
#include "rules/src/sampling_rule_reader.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace dosimeter::rules {
namespace {

constexpr std::array<std::string_view, 2> kInputKeys{"SamplingRule", "Tags"};
constexpr std::array<std::string_view, 2> kTagKeys{"Key", "Value"};

void check_tag(JsonValue tag, std::size_t position, Report& report) {
  const std::string name = concat("Tags[", position, "]");
  if (!tag.is(JsonKind::object)) {
    report_wrong_type(name, "an object with Key and Value", tag, report);
    return;
  }
  check_keys(tag, kTagKeys, Severity::error, report);
  for (const std::string_view key : kTagKeys) {
    const std::string field = concat(name, ".", key);
    if (const auto value = tag.find(key)) {
      read_string(field, *value, report);
    } else {
      report.error("missing_key", tag.place(), concat(field, " is missing"));
    }
  }
}

void check_tags(JsonValue tags, Report& report) {
  if (!tags.is(JsonKind::array)) {
    report_wrong_type("Tags", "an array", tags, report);
    return;
  }
  std::size_t position = 0;
  tags.for_each_item([&](JsonValue tag) {
    if (!report.full()) check_tag(tag, position++, report);
  });
}

}  // namespace

std::string next_label(const std::vector<FoundRule>& rules) {
  return concat("rules[", rules.size(), "]");
}

void read_create_input(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  if (const auto rule = root.find("SamplingRule")) {
    rules.push_back(read_sampling_rule(*rule, RuleStyle{}, next_label(rules), "", report));
  }
  check_keys(root, kInputKeys, Severity::error, report);
  if (const auto tags = root.find("Tags")) check_tags(*tags, report);
  report.set_rule("");
}

void read_bare_rule(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  rules.push_back(read_sampling_rule(root, RuleStyle{}, next_label(rules), "", report));
  report.set_rule("");
}

}  // namespace dosimeter::rules
