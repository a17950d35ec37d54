#include "sim/recorders/document_words.h"

namespace dosimeter::sim {

ChoiceWords unknown_keys_words(UnknownKeys value) noexcept {
  switch (value) {
    case UnknownKeys::accepted:
      return {"accepted", "a rule may have keys that mean nothing"};
    case UnknownKeys::refused:
      return {"refused", "a rule may not have keys that mean nothing"};
  }
  return {};
}

ChoiceWords other_host_key_words(OtherHostKey value) noexcept {
  switch (value) {
    case OtherHostKey::ignored:
      return {"ignored", "the host key of the other version means nothing"};
    case OtherHostKey::refused_unless_null:
      return {"refused_unless_null", "the host key of the other version must be null"};
    case OtherHostKey::refused_unless_empty:
      return {"refused_unless_empty", "the host key of the other version must be null or empty"};
  }
  return {};
}

ChoiceWords missing_pattern_words(MissingPattern value) noexcept {
  switch (value) {
    case MissingPattern::refused:
      return {"refused", "a rule must have all its patterns"};
    case MissingPattern::accepted:
      return {"accepted", "a pattern that is missing matches no field that is there"};
  }
  return {};
}

ChoiceWords empty_pattern_words(EmptyPattern value) noexcept {
  switch (value) {
    case EmptyPattern::refused:
      return {"refused", "an empty pattern is refused"};
    case EmptyPattern::accepted:
      return {"accepted", "an empty pattern is accepted"};
  }
  return {};
}

ChoiceWords pattern_value_words(PatternValue value) noexcept {
  switch (value) {
    case PatternValue::text:
      return {"text", "a pattern must be text"};
    case PatternValue::any_scalar:
      return {"any_scalar", "a pattern may be a number, true or false"};
    case PatternValue::anything_but_false:
      return {"anything_but_false", "a pattern may be anything but false"};
    case PatternValue::anything_not_empty:
      return {"anything_not_empty", "a pattern may be anything that is neither false, 0 nor empty"};
  }
  return {};
}

ChoiceWords spare_pattern_words(SparePattern value) noexcept {
  switch (value) {
    case SparePattern::not_looked_at:
      return {"not_looked_at", "a pattern that nothing depends on may be anything"};
    case SparePattern::pattern_or_null:
      return {"pattern_or_null", "a pattern that nothing depends on must be one, or null"};
    case SparePattern::text:
      return {"text", "a pattern that nothing depends on must be text"};
  }
  return {};
}

ChoiceWords description_value_words(DescriptionValue value) noexcept {
  switch (value) {
    case DescriptionValue::text:
      return {"text", "a description must be text"};
    case DescriptionValue::anything:
      return {"anything", "a description may be anything"};
    case DescriptionValue::text_or_null:
      return {"text_or_null", "a description must be text or null"};
  }
  return {};
}

ChoiceWords target_number_words(TargetNumber value) noexcept {
  switch (value) {
    case TargetNumber::whole_value:
      return {"whole_value", "a fixed_target of 1.0 is 1, one of 1.5 is refused"};
    case TargetNumber::digits_alone:
      return {"digits_alone", "a fixed_target of 1.0 is refused"};
    case TargetNumber::truncated:
      return {"truncated", "a fixed_target of 1.5 is 1"};
    case TargetNumber::any_number:
      return {"any_number", "a fixed_target of 1.5 is 1.5"};
  }
  return {};
}

ChoiceWords target_bound_words(TargetBound value) noexcept {
  switch (value) {
    case TargetBound::of_reservoirs:
      return {"of_reservoirs", "the largest fixed_target is 500000000"};
    case TargetBound::none:
      return {"none", "a fixed_target may be as large as you like"};
    case TargetBound::of_31_bits:
      return {"of_31_bits", "the largest fixed_target is 2147483647"};
    case TargetBound::of_32_bits:
      return {"of_32_bits", "the largest fixed_target is 4294967295"};
    case TargetBound::of_63_bits:
      return {"of_63_bits", "the largest fixed_target is 9223372036854775807"};
  }
  return {};
}

ChoiceWords negative_number_words(NegativeNumber value) noexcept {
  switch (value) {
    case NegativeNumber::refused:
      return {"refused", "a negative number is refused"};
    case NegativeNumber::only_minus_one_refused:
      return {"only_minus_one_refused", "of negative numbers -1 alone is refused"};
  }
  return {};
}

ChoiceWords rate_above_one_words(RateAboveOne value) noexcept {
  switch (value) {
    case RateAboveOne::refused:
      return {"refused", "a rate above 1 is refused"};
    case RateAboveOne::accepted:
      return {"accepted", "a rate above 1 is accepted"};
  }
  return {};
}

ChoiceWords missing_number_words(MissingNumber value) noexcept {
  switch (value) {
    case MissingNumber::refused:
      return {"refused", "fixed_target and rate must be there"};
    case MissingNumber::is_zero:
      return {"is_zero", "a fixed_target or rate that is missing is 0"};
  }
  return {};
}

ChoiceWords null_number_words(NullNumber value) noexcept {
  switch (value) {
    case NullNumber::refused:
      return {"refused", "a fixed_target or rate of null is refused"};
    case NullNumber::is_zero:
      return {"is_zero", "a fixed_target or rate of null is 0"};
  }
  return {};
}

ChoiceWords boolean_number_words(BooleanNumber value) noexcept {
  switch (value) {
    case BooleanNumber::refused:
      return {"refused", "a fixed_target or rate of true is refused"};
    case BooleanNumber::is_one_or_zero:
      return {"is_one_or_zero", "a fixed_target or rate of true is 1, of false 0"};
  }
  return {};
}

ChoiceWords number_in_text_words(NumberInText value) noexcept {
  switch (value) {
    case NumberInText::refused:
      return {"refused", "a number in quotes is refused"};
    case NumberInText::taken:
      return {"taken", "a number in quotes is taken"};
  }
  return {};
}

ChoiceWords type_check_words(TypeCheck value) noexcept {
  switch (value) {
    case TypeCheck::with_the_values:
      return {"with_the_values", "types are checked with the values, key by key"};
    case TypeCheck::before_the_values:
      return {"before_the_values", "types are checked first, in the whole document"};
  }
  return {};
}

ChoiceWords unreadable_words(FaultConsequence value) noexcept {
  switch (value) {
    case FaultConsequence::refused:
      return {"refused", "text that is no JSON is an error"};
    case FaultConsequence::replaced:
      return {"replaced", "text that is no JSON makes it go on with its own document"};
    case FaultConsequence::rest_dropped:
      return {"rest_dropped", "text that is no JSON makes it go on with what stands before"};
  }
  return {};
}

ChoiceWords wrong_type_words(FaultConsequence value) noexcept {
  switch (value) {
    case FaultConsequence::refused:
      return {"refused", "a value of a wrong type is an error"};
    case FaultConsequence::replaced:
      return {"replaced", "a value of a wrong type makes it go on with its own document"};
    case FaultConsequence::rest_dropped:
      return {"rest_dropped", "a value of a wrong type makes it go on with what stands before"};
  }
  return {};
}

ChoiceWords wrong_value_words(FaultConsequence value) noexcept {
  switch (value) {
    case FaultConsequence::refused:
      return {"refused", "any other fault is an error"};
    case FaultConsequence::replaced:
      return {"replaced", "any other fault makes it go on with its own document"};
    case FaultConsequence::rest_dropped:
      return {"rest_dropped", "any other fault makes it go on with what stands before"};
  }
  return {};
}

}  // namespace dosimeter::sim
