#pragma once

#include <dosimeter/match_choices.h>

#include <cstddef>

/// How each recorder of the table finds the rule of a request. Each begins as documented, or as
/// what its family has in common, and says what it does otherwise.
namespace dosimeter::detail {

constexpr std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

constexpr void set_letter_case(MatchChoices& match, LetterCase letter_case) {
  match.literal_letter_case = letter_case;
  match.wildcard_letter_case = letter_case;
}

/// What the six X-Ray SDKs have in common: they drop the rules that their requests cannot answer.
constexpr MatchChoices xray_sdk() {
  MatchChoices match;
  match.blank_text = BlankText::empty_is_absent;
  match.attributes = RuleFeature::rule_ignored;
  match.resource_arn = RuleFeature::rule_ignored;
  match.other_version = RuleFeature::rule_ignored;
  match.default_place = DefaultPlace::by_priority;
  return match;
}

constexpr MatchChoices xray_python_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_each);
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.empty_service_type = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::rule_ignored;
  return match;
}

constexpr MatchChoices xray_node_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_whole);
  match.compared_length = ComparedLength::as_given;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.empty_service_type = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::rule_ignored;
  match.missing_attributes = MissingAttributes::rule_ignored;
  match.priority_zero = RuleFeature::rule_ignored;
  match.priority_tie = PriorityTie::by_utf16_name;
  return match;
}

/// A misplaced parenthesis makes a missing host decide for the whole rule.
constexpr MatchChoices xray_node_local_match() {
  MatchChoices match = xray_node_match();
  match.blank_text = BlankText::is_text;
  match.absent_host = AbsentHost::waives_every_field;
  return match;
}

constexpr MatchChoices xray_go_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_simply);
  match.compared_length = ComparedLength::as_given;
  match.question_mark = QuestionMark::one_byte;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.missing_service_type = MissingServiceType::rule_ignored_unless_default;
  match.default_place = DefaultPlace::last;
  return match;
}

/// Java ends words by rules of its own: beside a digit, `-`, `_` or `:` a capital sigma may become
/// the other small one than here.
constexpr MatchChoices xray_java_match() {
  MatchChoices match = xray_sdk();
  match.absent_field.fill(AbsentField::is_empty_text);
  match.blank_text = BlankText::is_text;
  set_letter_case(match, LetterCase::lowered_whole);
  match.compared_length = ComparedLength::as_given_around_stars;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.missing_attributes = MissingAttributes::rules_refused;
  match.missing_service_type = MissingServiceType::rule_ignored;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.default_place = DefaultPlace::last;
  return match;
}

constexpr MatchChoices xray_ruby_match() {
  MatchChoices match = xray_sdk();
  match.absent_field[at(Field::service_type)] = AbsentField::matches_only_star;
  match.blank_text = BlankText::is_text;
  match.empty_request = EmptyRequest::only_default;
  set_letter_case(match, LetterCase::lowered_whole_without_context);
  match.compared_length = ComparedLength::as_given_around_stars;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

/// The letter case is that of the invariant culture; others give U+0130 and the Kelvin sign a lower
/// case, too.
constexpr MatchChoices xray_dotnet_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_round_trip);
  match.question_mark = QuestionMark::one_utf16_unit;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.priority_tie = PriorityTie::by_cultural_name;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

/// Envoy knows local documents alone; central rules are matched as if they had been written as one.
constexpr MatchChoices envoy_match() {
  MatchChoices match;
  match.field_use[at(Field::service_name)] = FieldUse::not_compared;
  match.field_use[at(Field::service_type)] = FieldUse::not_compared;
  match.field_use[at(Field::resource_arn)] = FieldUse::not_compared;
  match.blank_text = BlankText::empty_is_absent;
  set_letter_case(match, LetterCase::lowered_ascii);
  match.question_mark = QuestionMark::one_byte;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.attributes = RuleFeature::rule_ignored;
  return match;
}

/// What the OpenTelemetry samplers have in common: they compare what a span has at its start.
constexpr MatchChoices otel_sampler() {
  MatchChoices match;
  match.absent_field.fill(AbsentField::matches_only_star);
  match.blank_text = BlankText::is_text;
  match.default_place = DefaultPlace::by_priority;
  match.default_match = DefaultMatch::by_its_fields;
  return match;
}

/// Go has no absent text: everything starts as "".
constexpr MatchChoices otel_go_match() {
  MatchChoices match = otel_sampler();
  match.field_use[at(Field::resource_arn)] = FieldUse::not_compared;
  match.absent_field.fill(AbsentField::is_empty_text);
  match.blank_text = BlankText::empty_is_absent;
  match.non_text_attribute = NonTextAttribute::is_empty_text;
  set_letter_case(match, LetterCase::lowered_simply);
  match.literal_anchoring = Anchoring::anywhere;
  match.wildcard_anchoring = Anchoring::anywhere;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.other_version = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

constexpr MatchChoices adot_go_match() {
  MatchChoices match = otel_go_match();
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.literal_anchoring = Anchoring::whole_text;
  match.wildcard_anchoring = Anchoring::whole_text;
  return match;
}

constexpr MatchChoices otel_java_match() {
  MatchChoices match = otel_sampler();
  match.literal_letter_case = LetterCase::raised_then_lowered;
  match.wildcard_letter_case = LetterCase::exact;
  match.line_breaks = LineBreaks::java_stops_wildcards;
  match.missing_attributes = MissingAttributes::rules_refused;
  match.priority_tie = PriorityTie::by_position;
  match.missing_service_type = MissingServiceType::rules_refused;
  return match;
}

constexpr MatchChoices otel_js_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.blank_text = BlankText::is_text_except_arn;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::lowered_whole);
  match.question_mark = QuestionMark::one_utf16_unit;
  match.line_breaks = LineBreaks::ecmascript_stops_wildcards;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.default_match = DefaultMatch::every_request;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

constexpr MatchChoices otel_python_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::service_type)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.absent_field[at(Field::resource_arn)] = AbsentField::is_empty_text;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::exact);
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.other_version = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

constexpr MatchChoices adot_python_match() {
  MatchChoices match = otel_python_match();
  match.non_text_attribute = NonTextAttribute::breaks_wildcards;
  return match;
}

constexpr MatchChoices otel_ruby_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::lowered_whole_without_context);
  match.literal_anchoring = Anchoring::whole_line;
  match.wildcard_anchoring = Anchoring::whole_line;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.default_match = DefaultMatch::every_request;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

constexpr MatchChoices otel_dotnet_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_type)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::resource_arn)] = AbsentField::is_empty_text;
  match.literal_letter_case = LetterCase::raised;
  match.wildcard_letter_case = LetterCase::exact;
  match.wildcard_anchoring = Anchoring::anywhere;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

}  // namespace dosimeter::detail
