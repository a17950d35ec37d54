#pragma once

#include <dosimeter/document_choices.h>

#include "rules/src/document_fault.h"
#include "rules/src/document_keys.h"
#include "rules/src/json_value.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// Checks one object of a local document, a rule or the default, as a recorder would.
class RuleCheck {
 public:
  /// `label` is what messages call the object: `rules[0]`. `host_key` is the version's.
  RuleCheck(const DocumentChoices& choices, RuleKey host_key, JsonValue object, std::string label,
            FaultLog& faults);

  void check_rule();
  void check_default();

 private:
  [[nodiscard]] bool begin();
  [[nodiscard]] const std::optional<JsonValue>& value(RuleKey key) const;
  [[nodiscard]] std::string says(std::string_view what) const;

  void check_known_keys();
  void check_spare_pattern(RuleKey key);
  void check_other_host_key();
  void check_default_keys();
  void check_missing(std::vector<std::string_view> missing);
  void check_pattern(RuleKey key);
  void check_description();
  void check_numbers();
  void check_target(JsonValue value);
  void check_rate(JsonValue value);
  [[nodiscard]] bool is_negative(double number) const;
  [[nodiscard]] std::vector<std::string_view> missing_numbers() const;

  const DocumentChoices& choices_;
  RuleKey host_key_;
  JsonValue object_;
  std::string label_;
  FaultLog& faults_;
  // By RuleKey, and where the key stands.
  std::array<std::optional<JsonValue>, kRuleKeyNames.size()> values_;
  std::array<Place, kRuleKeyNames.size()> key_places_{};
};

}  // namespace dosimeter::rules
