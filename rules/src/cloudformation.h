#pragma once

#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <vector>

namespace dosimeter::rules {

/// Reads every AWS::XRay::SamplingRule of a template, or of the output of `aws cloudformation
/// get-template`, as rules to create. A template without one is an error. REQUIRES: an object.
void read_cloudformation(JsonValue root, std::vector<FoundRule>& rules, Report& report);

}  // namespace dosimeter::rules
