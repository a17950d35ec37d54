#pragma once

#include <dosimeter/document_choices.h>

#include "sim/recorders/member_choice.h"

/// Words for the values of the members of DocumentChoices.
namespace dosimeter::sim {

ChoiceWords comments_words(Comments value) noexcept;
ChoiceWords text_after_words(TextAfter value) noexcept;
ChoiceWords byte_order_mark_words(ByteOrderMark value) noexcept;
ChoiceWords key_case_words(KeyCase value) noexcept;
ChoiceWords known_versions_words(KnownVersions value) noexcept;
ChoiceWords version_number_words(VersionNumber value) noexcept;
ChoiceWords absent_rules_words(AbsentRules value) noexcept;
ChoiceWords other_rules_words(OtherRules value) noexcept;
ChoiceWords default_keys_words(DefaultKeys value) noexcept;
ChoiceWords default_excuse_words(DefaultExcuse value) noexcept;
ChoiceWords unknown_keys_words(UnknownKeys value) noexcept;
ChoiceWords other_host_key_words(OtherHostKey value) noexcept;
ChoiceWords missing_pattern_words(MissingPattern value) noexcept;
ChoiceWords empty_pattern_words(EmptyPattern value) noexcept;
ChoiceWords pattern_value_words(PatternValue value) noexcept;
ChoiceWords spare_pattern_words(SparePattern value) noexcept;
ChoiceWords description_value_words(DescriptionValue value) noexcept;
ChoiceWords target_number_words(TargetNumber value) noexcept;
ChoiceWords target_bound_words(TargetBound value) noexcept;
ChoiceWords negative_number_words(NegativeNumber value) noexcept;
ChoiceWords rate_above_one_words(RateAboveOne value) noexcept;
ChoiceWords missing_number_words(MissingNumber value) noexcept;
ChoiceWords null_number_words(NullNumber value) noexcept;
ChoiceWords boolean_number_words(BooleanNumber value) noexcept;
ChoiceWords number_in_text_words(NumberInText value) noexcept;
ChoiceWords type_check_words(TypeCheck value) noexcept;
ChoiceWords unreadable_words(FaultConsequence value) noexcept;
ChoiceWords wrong_type_words(FaultConsequence value) noexcept;
ChoiceWords wrong_value_words(FaultConsequence value) noexcept;

}  // namespace dosimeter::sim
