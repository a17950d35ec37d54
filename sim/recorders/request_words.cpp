#include "sim/recorders/match_words.h"

namespace dosimeter::sim {

ChoiceWords field_use_words(FieldUse value) noexcept {
  switch (value) {
    case FieldUse::compared:
      return {"compared", "it is compared with the rule's pattern"};
    case FieldUse::not_compared:
      return {"not_compared", "it is not looked at"};
  }
  return {};
}

ChoiceWords absent_field_words(AbsentField value) noexcept {
  switch (value) {
    case AbsentField::matches_any_pattern:
      return {"matches_any_pattern", "an absent one matches any pattern"};
    case AbsentField::matches_only_star:
      return {"matches_only_star", "an absent one matches `*` alone"};
    case AbsentField::matches_none:
      return {"matches_none", "an absent one matches no pattern"};
    case AbsentField::is_empty_text:
      return {"is_empty_text", "an absent one is compared as the empty text"};
    case AbsentField::is_root_path:
      return {"is_root_path", "an absent one is compared as `/`"};
  }
  return {};
}

ChoiceWords blank_text_words(BlankText value) noexcept {
  switch (value) {
    case BlankText::empty_or_dash_is_absent:
      return {"empty_or_dash_is_absent", "an empty field and a lone `-` are absent"};
    case BlankText::empty_is_absent:
      return {"empty_is_absent", "an empty field is absent, a lone `-` is text"};
    case BlankText::is_text:
      return {"is_text", "an empty field and a lone `-` are text"};
    case BlankText::is_text_except_arn:
      return {"is_text_except_arn",
              "an empty field and a lone `-` are text, an empty ResourceARN is absent"};
  }
  return {};
}

ChoiceWords absent_host_words(AbsentHost value) noexcept {
  switch (value) {
    case AbsentHost::is_like_other_fields:
      return {"is_like_other_fields", "without a host, method and path are compared all the same"};
    case AbsentHost::waives_every_field:
      return {"waives_every_field",
              "without a host every rule applies, whatever its method and path"};
  }
  return {};
}

ChoiceWords empty_request_words(EmptyRequest value) noexcept {
  switch (value) {
    case EmptyRequest::any_rule:
      return {"any_rule", "a request without a single field may have any rule"};
    case EmptyRequest::only_default:
      return {"only_default", "a request without a single field has the Default rule"};
  }
  return {};
}

ChoiceWords non_text_attribute_words(NonTextAttribute value) noexcept {
  switch (value) {
    case NonTextAttribute::is_its_text:
      return {"is_its_text", "the number 42 is compared as the text 42"};
    case NonTextAttribute::matches_only_star:
      return {"matches_only_star", "a number, true or a list matches `*` alone"};
    case NonTextAttribute::is_empty_text:
      return {"is_empty_text", "a number, true or a list is compared as the empty text"};
    case NonTextAttribute::breaks_wildcards:
      return {"breaks_wildcards",
              "a number, true or a list fails a literal and breaks on a wildcard"};
  }
  return {};
}

}  // namespace dosimeter::sim
