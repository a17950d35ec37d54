#include "sim/recorders/document_words.h"

namespace dosimeter::sim {

ChoiceWords comments_words(Comments value) noexcept {
  switch (value) {
    case Comments::refused:
      return {"refused", "`//` and `/* */` are no JSON"};
    case Comments::skipped:
      return {"skipped", "`//` and `/* */` are skipped"};
  }
  return {};
}

ChoiceWords text_after_words(TextAfter value) noexcept {
  switch (value) {
    case TextAfter::refused:
      return {"refused", "nothing may stand after the document"};
    case TextAfter::not_read:
      return {"not_read", "what stands after the document is not read"};
  }
  return {};
}

ChoiceWords byte_order_mark_words(ByteOrderMark value) noexcept {
  switch (value) {
    case ByteOrderMark::skipped:
      return {"skipped", "a byte order mark is skipped"};
    case ByteOrderMark::refused:
      return {"refused", "a byte order mark is no JSON"};
  }
  return {};
}

ChoiceWords key_case_words(KeyCase value) noexcept {
  switch (value) {
    case KeyCase::exact:
      return {"exact", "`Rate` is not `rate`"};
    case KeyCase::any:
      return {"any", "`Rate` is as good as `rate`"};
  }
  return {};
}

ChoiceWords known_versions_words(KnownVersions value) noexcept {
  switch (value) {
    case KnownVersions::one_and_two:
      return {"one_and_two", "versions 1 and 2 are known"};
    case KnownVersions::two:
      return {"two", "version 2 alone is known"};
  }
  return {};
}

ChoiceWords version_number_words(VersionNumber value) noexcept {
  switch (value) {
    case VersionNumber::digits_alone:
      return {"digits_alone", "a version of 2.0 is refused"};
    case VersionNumber::equal_value:
      return {"equal_value", "a version of 2.0 is 2"};
    case VersionNumber::truncated:
      return {"truncated", "a version of 2.5 is 2"};
  }
  return {};
}

ChoiceWords absent_rules_words(AbsentRules value) noexcept {
  switch (value) {
    case AbsentRules::accepted:
      return {"accepted", "a document without `rules` has none"};
    case AbsentRules::refused:
      return {"refused", "a document without `rules` is refused"};
  }
  return {};
}

ChoiceWords other_rules_words(OtherRules value) noexcept {
  switch (value) {
    case OtherRules::refused:
      return {"refused", "`rules` must be an array"};
    case OtherRules::null_passes:
      return {"null_passes", "`rules` may be null"};
    case OtherRules::null_and_objects_pass:
      return {"null_and_objects_pass", "`rules` may be null or an object"};
    case OtherRules::empty_object_passes:
      return {"empty_object_passes", "`rules` may be an empty object"};
    case OtherRules::empty_object_and_text_pass:
      return {"empty_object_and_text_pass", "`rules` may be an empty object or an empty text"};
    case OtherRules::ignored:
      return {"ignored", "`rules` that are no array are ignored"};
  }
  return {};
}

ChoiceWords default_keys_words(DefaultKeys value) noexcept {
  switch (value) {
    case DefaultKeys::pattern_keys:
      return {"pattern_keys", "the default may not have a pattern"};
    case DefaultKeys::pattern_keys_of_version:
      return {"pattern_keys_of_version", "the default may not have a pattern of its version"};
    case DefaultKeys::host_method_and_path:
      return {"host_method_and_path", "the default may not have host, http_method and url_path"};
    case DefaultKeys::service_method_and_path:
      return {"service_method_and_path",
              "the default may not have service_name, http_method and url_path"};
    case DefaultKeys::anything:
      return {"anything", "the default may have nothing but its numbers"};
    case DefaultKeys::nothing:
      return {"nothing", "the default may have any key"};
  }
  return {};
}

ChoiceWords default_excuse_words(DefaultExcuse value) noexcept {
  switch (value) {
    case DefaultExcuse::none:
      return {"none", "a pattern of the default counts whatever its value"};
    case DefaultExcuse::null:
      return {"null", "a pattern of the default that is null is none"};
    case DefaultExcuse::null_and_empty_text:
      return {"null_and_empty_text", "a pattern of the default that is null or empty is none"};
    case DefaultExcuse::null_and_false:
      return {"null_and_false", "a pattern of the default that is null or false is none"};
    case DefaultExcuse::null_and_whatever_is_empty:
      return {"null_and_whatever_is_empty",
              "a pattern of the default that is null, false, 0 or empty is none"};
  }
  return {};
}

}  // namespace dosimeter::sim
