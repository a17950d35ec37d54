#pragma once

#include <dosimeter/rule.h>

#include "rules/src/sampling_rule_reader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// The two fields of a sampling rule that hold objects.
struct NestedFields {
  const RuleStyle& style;
  /// Of AWS's limits that an engine does not mind.
  Severity limit_severity;
  Report& report;

  /// Nothing where one could not be read, which was reported.
  std::optional<std::vector<RuleAttribute>> read_attributes(std::string_view name,
                                                            JsonValue value) const;

  /// An object, or in Terraform a list with one. Nothing where it could not be read, which was
  /// reported.
  std::optional<RateBoostSpec> read_boost(std::string_view name, JsonValue value) const;
};

}  // namespace dosimeter::rules
