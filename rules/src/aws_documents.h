#pragma once

#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <string>
#include <vector>

/// What goes into and comes out of `aws xray`. Each adds the rules it finds to `rules` and reports
/// every problem.
namespace dosimeter::rules {

/// `rules[i]`: what to call the next rule while it has no name.
std::string next_label(const std::vector<FoundRule>& rules);

/// `{"SamplingRule": {...}, "Tags": [...]}`.
void read_create_input(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// `{"RuleName": ...}`, read as a rule to create.
void read_bare_rule(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// `{"SamplingRuleRecord": {...}}`, or the record itself.
void read_create_output(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// `{"SamplingRuleRecords": [...], "NextToken": ...}`.
void read_get_output(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// The same, where the list may go on: NextToken is the caller's.
void read_records(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// An array of any of these.
void read_rule_array(JsonValue root, std::vector<FoundRule>& rules, Report& report);

}  // namespace dosimeter::rules
