#pragma once

#include <dosimeter/document_choices.h>

/// What each recorder of the table takes for a local document. Each begins as documented.
namespace dosimeter::detail {

/// The application parses the text; the recorder is given objects.
constexpr DocumentChoices xray_python_documents() {
  DocumentChoices document;
  document.version_number = VersionNumber::equal_value;
  document.other_rules = OtherRules::empty_object_and_text_pass;
  document.default_keys = DefaultKeys::pattern_keys_of_version;
  document.default_excuse = DefaultExcuse::null_and_whatever_is_empty;
  document.pattern_value = PatternValue::anything_not_empty;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::any_number;
  document.target_bound = TargetBound::none;
  document.rate_above_one = RateAboveOne::accepted;
  document.boolean_number = BooleanNumber::is_one_or_zero;
  return document;
}

constexpr DocumentChoices xray_node_documents() {
  DocumentChoices document;
  document.byte_order_mark = ByteOrderMark::refused;
  document.version_number = VersionNumber::equal_value;
  document.other_rules = OtherRules::ignored;
  document.default_keys = DefaultKeys::anything;
  document.unknown_keys = UnknownKeys::refused;
  document.pattern_value = PatternValue::anything_but_false;
  document.description_value = DescriptionValue::anything;
  document.target_bound = TargetBound::none;
  return document;
}

constexpr DocumentChoices xray_go_documents() {
  DocumentChoices document;
  document.byte_order_mark = ByteOrderMark::refused;
  document.key_case = KeyCase::any;
  document.other_rules = OtherRules::null_passes;
  document.default_keys = DefaultKeys::service_method_and_path;
  document.default_excuse = DefaultExcuse::null_and_empty_text;
  document.other_host_key = OtherHostKey::refused_unless_empty;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::digits_alone;
  document.target_bound = TargetBound::of_63_bits;
  document.rate_above_one = RateAboveOne::accepted;
  document.missing_number = MissingNumber::is_zero;
  document.null_number = NullNumber::is_zero;
  document.type_check = TypeCheck::before_the_values;
  return document;
}

/// Jackson turns the text into objects and bends types; where it cannot, the sampler goes on with
/// its own document. What the sampler itself finds wrong is an error.
constexpr DocumentChoices xray_java_documents() {
  DocumentChoices document;
  document.comments = Comments::skipped;
  document.text_after = TextAfter::not_read;
  document.version_number = VersionNumber::truncated;
  document.other_rules = OtherRules::null_passes;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null;
  document.empty_pattern = EmptyPattern::accepted;
  document.pattern_value = PatternValue::any_scalar;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::truncated;
  document.target_bound = TargetBound::of_31_bits;
  document.rate_above_one = RateAboveOne::accepted;
  document.null_number = NullNumber::is_zero;
  document.number_in_text = NumberInText::taken;
  document.type_check = TypeCheck::before_the_values;
  document.unreadable = FaultConsequence::replaced;
  document.wrong_type = FaultConsequence::replaced;
  return document;
}

/// The application parses the text; the recorder is given objects.
constexpr DocumentChoices xray_ruby_documents() {
  DocumentChoices document;
  document.version_number = VersionNumber::equal_value;
  document.absent_rules = AbsentRules::refused;
  document.other_rules = OtherRules::empty_object_passes;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null_and_false;
  document.empty_pattern = EmptyPattern::accepted;
  document.pattern_value = PatternValue::anything_but_false;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::any_number;
  document.target_bound = TargetBound::none;
  document.rate_above_one = RateAboveOne::accepted;
  return document;
}

/// LitJson turns the text into objects; -1 stands for a number that is missing.
constexpr DocumentChoices xray_dotnet_documents() {
  DocumentChoices document;
  document.comments = Comments::skipped;
  document.text_after = TextAfter::not_read;
  document.other_rules = OtherRules::null_and_objects_pass;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null;
  document.other_host_key = OtherHostKey::refused_unless_null;
  document.empty_pattern = EmptyPattern::accepted;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::text_or_null;
  document.target_number = TargetNumber::digits_alone;
  document.target_bound = TargetBound::of_31_bits;
  document.negative_number = NegativeNumber::only_minus_one_refused;
  document.rate_above_one = RateAboveOne::accepted;
  document.type_check = TypeCheck::before_the_values;
  return document;
}

constexpr DocumentChoices envoy_documents() {
  DocumentChoices document;
  document.known_versions = KnownVersions::two;
  document.version_number = VersionNumber::equal_value;
  document.default_keys = DefaultKeys::nothing;
  document.missing_pattern = MissingPattern::accepted;
  document.empty_pattern = EmptyPattern::accepted;
  document.spare_pattern = SparePattern::text;
  document.description_value = DescriptionValue::anything;
  document.target_bound = TargetBound::of_32_bits;
  document.unreadable = FaultConsequence::replaced;
  document.wrong_type = FaultConsequence::rest_dropped;
  document.wrong_value = FaultConsequence::rest_dropped;
  return document;
}

}  // namespace dosimeter::detail
