#pragma once

#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <span>

namespace dosimeter::rules {

/// Reports each key that stands twice in one object (repeated_key). Known after the rules only, so
/// that the message can name the rule the key is in.
void report_repeated_keys(const JsonDocument& json, std::span<const FoundRule> rules,
                          Report& report);

}  // namespace dosimeter::rules
