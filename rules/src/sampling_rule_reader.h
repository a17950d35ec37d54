#pragma once

#include <dosimeter/rules/diagnostic.h>

#include "rules/src/field_values.h"
#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"
#include "rules/src/sampling_rule_fields.h"

#include <span>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// Who wrote a rule: somebody who wants it created, so that AWS's constraints must hold; or the
/// service, which knows.
enum class Origin { created, returned };

/// How the object of a sampling rule is written.
struct RuleStyle {
  Origin origin = Origin::created;
  Spelling spelling = Spelling::pascal;
  Placeholders placeholders = Placeholders::none;
  QuotedNumbers quoted_numbers = QuotedNumbers::refused;
  /// Of a key that is none of the fields.
  Severity unknown_key = Severity::error;
  /// Whether `null` means that the field is absent.
  bool null_is_absent = false;
  /// Keys that are no fields and yet belong there.
  std::span<const std::string_view> other_keys;
};

/// Reads the object of one sampling rule and reports every problem. `label` is what to call it
/// while it has no name, `outer_name` a name given outside of the object, or empty. Leaves the
/// report's rule set to this one.
FoundRule read_sampling_rule(JsonValue object, const RuleStyle& style, std::string label,
                             std::string_view outer_name, Report& report);

}  // namespace dosimeter::rules
