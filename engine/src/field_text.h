#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include <string>
#include <string_view>

namespace dosimeter::detail {

/// Whether a recorder takes a field for absent: it is not there, or only something blank.
[[nodiscard]] inline bool is_absent(const FieldText& text, BlankText blank_text) noexcept {
  if (!text) return true;
  switch (blank_text) {
    case BlankText::empty_or_dash_is_absent:
      return text->empty() || *text == "-";
    case BlankText::empty_is_absent:
      return text->empty();
    case BlankText::is_text:
    case BlankText::is_text_except_arn:  // MatchChoices::blank has told which field it is
      break;
  }
  return false;
}

/// The text that stands in for an absent one, where one does.
[[nodiscard]] inline FieldText stand_in(AbsentField absent) noexcept {
  if (absent == AbsentField::is_empty_text) return std::string_view("");
  if (absent == AbsentField::is_root_path) return std::string_view("/");
  return std::nullopt;
}

/// The text that is compared with patterns, if any is.
[[nodiscard]] inline FieldText compared_text(const FieldText& text, AbsentField absent,
                                             BlankText blank_text) noexcept {
  return is_absent(text, blank_text) ? stand_in(absent) : text;
}

/// The pattern that is compared: the rule's, or what stands for one that it lacks.
[[nodiscard]] inline std::string compared_pattern(const Rule& rule, Field field,
                                                  const MatchChoices& choices) {
  const bool is_empty =
      rule.lacks(field) && choices.missing_service_type == MissingServiceType::is_empty;
  return is_empty ? std::string() : rule.pattern(field);
}

/// What a pattern says of a field without a text.
[[nodiscard]] inline bool matches_absent(bool pattern_is_star, AbsentField absent) noexcept {
  return absent == AbsentField::matches_any_pattern ||
         (absent == AbsentField::matches_only_star && pattern_is_star);
}

/// What an attribute's value is compared as. Of one that is no text and has no stand-in, nothing:
/// only `*` matches it.
[[nodiscard]] inline FieldText compared_value(const Attribute& attribute,
                                              NonTextAttribute choice) noexcept {
  if (attribute.type == AttributeType::text || choice == NonTextAttribute::is_its_text) {
    return attribute.value;
  }
  if (choice == NonTextAttribute::is_empty_text) return std::string_view("");
  return std::nullopt;
}

/// Whether the request has nothing at all to compare.
[[nodiscard]] inline bool is_empty(const Request& request) noexcept {
  for (const Field field : kFields) {
    if (request.field(field)) return false;
  }
  return true;
}

}  // namespace dosimeter::detail
