#pragma once

#include <dosimeter/match_choices.h>

#include "sim/recorders/member_choice.h"

/// Words for the values of the members of MatchChoices. A feature and a missing part have words of
/// their own for each member, because "it is ignored" alone says nothing of what is.
namespace dosimeter::sim {

ChoiceWords field_use_words(FieldUse value) noexcept;
ChoiceWords absent_field_words(AbsentField value) noexcept;
ChoiceWords blank_text_words(BlankText value) noexcept;
ChoiceWords absent_host_words(AbsentHost value) noexcept;
ChoiceWords empty_request_words(EmptyRequest value) noexcept;
ChoiceWords non_text_attribute_words(NonTextAttribute value) noexcept;

ChoiceWords letter_case_words(LetterCase value) noexcept;
ChoiceWords compared_length_words(ComparedLength value) noexcept;
ChoiceWords anchoring_words(Anchoring value) noexcept;
ChoiceWords question_mark_words(QuestionMark value) noexcept;
ChoiceWords star_in_text_words(StarInText value) noexcept;
ChoiceWords line_breaks_words(LineBreaks value) noexcept;

ChoiceWords attributes_words(RuleFeature value) noexcept;
ChoiceWords resource_arn_words(RuleFeature value) noexcept;
ChoiceWords other_version_words(RuleFeature value) noexcept;
ChoiceWords empty_service_type_words(RuleFeature value) noexcept;
ChoiceWords priority_zero_words(RuleFeature value) noexcept;
ChoiceWords missing_attributes_words(MissingAttributes value) noexcept;
ChoiceWords missing_service_type_words(MissingServiceType value) noexcept;
ChoiceWords priority_tie_words(PriorityTie value) noexcept;
ChoiceWords default_place_words(DefaultPlace value) noexcept;
ChoiceWords default_match_words(DefaultMatch value) noexcept;

}  // namespace dosimeter::sim
