#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/rule.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

/// Which rules of a document a recorder asks, and in which order, from the meaning of its
/// MatchChoices said one by one.
namespace dosimeter::oracle {

/// Whether the recorder loads none of the rules.
inline bool refuses(const MatchChoices& choices, const std::vector<RuleSpec>& document) {
  return std::any_of(document.begin(), document.end(), [&](const RuleSpec& rule) {
    const bool left_out_before =
        (rule.version != 1 && choices.other_version == RuleFeature::rule_ignored) ||
        (rule.resource_arn != "*" && choices.resource_arn == RuleFeature::rule_ignored);
    return (rule.lacks_attributes && !left_out_before &&
            choices.missing_attributes == MissingAttributes::rules_refused) ||
           (rule.lacks_service_type &&
            choices.missing_service_type == MissingServiceType::rules_refused);
  });
}

inline bool takes_part(const MatchChoices& choices, const RuleSpec& rule) {
  const auto ignored = [](RuleFeature feature) { return feature == RuleFeature::rule_ignored; };
  if (ignored(choices.attributes) && !rule.attributes.empty()) return false;
  if (ignored(choices.resource_arn) && rule.resource_arn != "*") return false;
  if (ignored(choices.other_version) && rule.version != 1) return false;
  if (ignored(choices.priority_zero) && rule.priority == 0) return false;
  if (rule.lacks_attributes && choices.missing_attributes == MissingAttributes::rule_ignored) {
    return false;
  }
  if (rule.lacks_service_type) {
    if (choices.missing_service_type == MissingServiceType::rule_ignored_unless_default) {
      return rule.name == "Default";
    }
    return choices.missing_service_type != MissingServiceType::rule_ignored;
  }
  return !(ignored(choices.empty_service_type) && rule.service_type.empty());
}

/// Rules are asked in the order of this. REQUIRES: ASCII names of letters of one case and digits,
/// so that every order by name is the same.
inline std::tuple<bool, std::int64_t, std::string> place(const MatchChoices& choices,
                                                         const RuleSpec& rule) {
  const bool last = choices.default_place == DefaultPlace::last && rule.name == "Default";
  const bool by_name = choices.priority_tie != PriorityTie::by_position;
  return {last, rule.priority, by_name ? rule.name : ""};
}

}  // namespace dosimeter::oracle
