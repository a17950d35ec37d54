#include "sim/recorders/match_words.h"

namespace dosimeter::sim {

ChoiceWords attributes_words(RuleFeature value) noexcept {
  switch (value) {
    case RuleFeature::honoured:
      return {"honoured", "a rule with attributes takes part"};
    case RuleFeature::rule_ignored:
      return {"rule_ignored", "a rule with attributes is ignored"};
  }
  return {};
}

ChoiceWords resource_arn_words(RuleFeature value) noexcept {
  switch (value) {
    case RuleFeature::honoured:
      return {"honoured", "a rule with a ResourceARN other than `*` takes part"};
    case RuleFeature::rule_ignored:
      return {"rule_ignored", "a rule with a ResourceARN other than `*` is ignored"};
  }
  return {};
}

ChoiceWords other_version_words(RuleFeature value) noexcept {
  switch (value) {
    case RuleFeature::honoured:
      return {"honoured", "a rule of a Version other than 1 takes part"};
    case RuleFeature::rule_ignored:
      return {"rule_ignored", "a rule of a Version other than 1 is ignored"};
  }
  return {};
}

ChoiceWords empty_service_type_words(RuleFeature value) noexcept {
  switch (value) {
    case RuleFeature::honoured:
      return {"honoured", "a rule with an empty ServiceType takes part"};
    case RuleFeature::rule_ignored:
      return {"rule_ignored", "a rule with an empty ServiceType is ignored"};
  }
  return {};
}

ChoiceWords priority_zero_words(RuleFeature value) noexcept {
  switch (value) {
    case RuleFeature::honoured:
      return {"honoured", "a rule of priority 0 takes part"};
    case RuleFeature::rule_ignored:
      return {"rule_ignored", "a rule of priority 0 is ignored"};
  }
  return {};
}

ChoiceWords missing_attributes_words(MissingAttributes value) noexcept {
  switch (value) {
    case MissingAttributes::accepted:
      return {"accepted", "a rule without Attributes takes part as if it had none"};
    case MissingAttributes::rule_ignored:
      return {"rule_ignored", "a rule without Attributes is ignored"};
    case MissingAttributes::rules_refused:
      return {"rules_refused", "a rule without Attributes makes all rules fail to load"};
  }
  return {};
}

ChoiceWords missing_service_type_words(MissingServiceType value) noexcept {
  switch (value) {
    case MissingServiceType::is_star:
      return {"is_star", "a rule without a ServiceType takes part as if it were `*`"};
    case MissingServiceType::is_empty:
      return {"is_empty", "a rule without a ServiceType takes part as if it were empty"};
    case MissingServiceType::never_matches:
      return {"never_matches", "a rule without a ServiceType never matches"};
    case MissingServiceType::rule_ignored:
      return {"rule_ignored", "a rule without a ServiceType is ignored"};
    case MissingServiceType::rules_refused:
      return {"rules_refused", "a rule without a ServiceType makes all rules fail to load"};
    case MissingServiceType::rule_ignored_unless_default:
      return {"rule_ignored_unless_default",
              "a rule without a ServiceType is ignored, but for Default"};
  }
  return {};
}

ChoiceWords priority_tie_words(PriorityTie value) noexcept {
  switch (value) {
    case PriorityTie::by_name:
      return {"by_name", "equal priorities go by name, code point by code point"};
    case PriorityTie::by_utf16_name:
      return {"by_utf16_name", "equal priorities go by name, UTF-16 unit by unit"};
    case PriorityTie::by_cultural_name:
      return {"by_cultural_name",
              "equal priorities go by name as words are sorted, `a` before `B`"};
    case PriorityTie::by_position:
      return {"by_position", "equal priorities go by place in the document"};
  }
  return {};
}

ChoiceWords default_place_words(DefaultPlace value) noexcept {
  switch (value) {
    case DefaultPlace::last:
      return {"last", "the Default rule comes last"};
    case DefaultPlace::by_priority:
      return {"by_priority", "the Default rule comes where its priority puts it"};
  }
  return {};
}

ChoiceWords default_match_words(DefaultMatch value) noexcept {
  switch (value) {
    case DefaultMatch::every_request:
      return {"every_request", "the Default rule matches every request"};
    case DefaultMatch::by_its_fields:
      return {"by_its_fields", "the Default rule matches by its fields, as any other"};
  }
  return {};
}

}  // namespace dosimeter::sim
