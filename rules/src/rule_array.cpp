#include "rules/src/aws_documents.h"
#include "rules/src/message.h"
#include "rules/src/shape.h"

#include <optional>

namespace dosimeter::rules {
namespace {

void read_element(JsonValue element, std::vector<FoundRule>& rules, Report& report) {
  const std::optional<DocumentShape> shape = aws_shape(element);
  if (!shape) {
    report.error(
        "unknown_shape", element.place(),
        concat("an item of the array must be a sampling rule, or an object with SamplingRule, "
               "SamplingRuleRecord or SamplingRuleRecords, got ",
               describe(element)));
    return;
  }
  if (*shape == DocumentShape::create_input) return read_create_input(element, rules, report);
  if (*shape == DocumentShape::create_output) return read_create_output(element, rules, report);
  if (*shape == DocumentShape::get_output) return read_get_output(element, rules, report);
  read_bare_rule(element, rules, report);
}

}  // namespace

void read_rule_array(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  if (root.empty()) {
    report.warning("no_rules", root.place(),
                   "the array holds no rule: the Default rule alone applies");
  }
  root.for_each_item([&](JsonValue element) {
    if (!report.full()) read_element(element, rules, report);
  });
}

}  // namespace dosimeter::rules
