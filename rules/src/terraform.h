#pragma once

#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <vector>

/// Every aws_xray_sampling_rule, as rules to create. None is an error. REQUIRES: an object.
namespace dosimeter::rules {

/// `terraform show -json`: the planned values of a plan, else the values of a state, with all their
/// modules.
void read_terraform_show(JsonValue root, std::vector<FoundRule>& rules, Report& report);

/// A `.tf.json` file. What only Terraform can work out (`${...}`, count, for_each) is an error.
void read_terraform_config(JsonValue root, std::vector<FoundRule>& rules, Report& report);

}  // namespace dosimeter::rules
