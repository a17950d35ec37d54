#pragma once

#include <dosimeter/text_choices.h>

#include <string>
#include <string_view>
#include <vector>

/// Every way to give one member of TextChoices another value.
namespace dosimeter {

struct TextMutant {
  /// `host_port=1`: the value by its place in the enumeration.
  std::string name;
  TextChoices choices;
};

namespace detail {

template <typename Value>
void add_text_mutants(std::vector<TextMutant>& mutants, const TextChoices& choices,
                      std::string_view key, Value TextChoices::*member, Value last) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    if (static_cast<Value>(value) == choices.*member) continue;
    TextChoices other = choices;
    other.*member = static_cast<Value>(value);
    mutants.push_back({std::string(key) + "=" + std::to_string(value), other});
  }
}

}  // namespace detail

inline std::vector<TextMutant> text_mutants(const TextChoices& choices) {
  using T = TextChoices;
  std::vector<TextMutant> made;
  const auto add = [&](std::string_view key, auto member, auto last) {
    detail::add_text_mutants(made, choices, key, member, last);
  };
  add("service_type_supply", &T::service_type_supply, FieldSupply::never_filled_in);
  add("host_supply", &T::host_supply, FieldSupply::never_filled_in);
  add("query_string", &T::query_string, QueryString::kept);
  add("host_port", &T::host_port, HostPort::kept_but_80);
  add("host_text", &T::host_text, HostText::valid_or_absent);
  add("target_form", &T::target_form, TargetForm::as_text);
  add("path_start", &T::path_start, PathStart::one_slash);
  add("path_encoding", &T::path_encoding, PathEncoding::percent_decoded_to_utf8);
  add("base_path", &T::base_path, BasePath::removed);
  add("path_of_url", &T::path_of_url, PathOfUrl::whole_url);
  add("header_blanks", &T::header_blanks, HeaderBlanks::significant);
  add("part_value", &T::part_value, PartValue::to_next_equals);
  add("repeated_part", &T::repeated_part, RepeatedPart::last_with_text);
  add("header_keys", &T::header_keys, HeaderKeys::exact_case);
  add("unclear_sampled", &T::unclear_sampled, UnclearSampled::as_a_number);
  add("missing_sampled", &T::missing_sampled, MissingSampled::not_sampled);
  add("header_validity", &T::header_validity, HeaderValidity::no_header);
  add("header_parts", &T::header_parts, HeaderParts::every_part_needs_a_value);
  // Each choice is one byte. Where this fails a member is new: list it above, and count its values.
  static_assert(sizeof(TextChoices) == 18);
  return made;
}

}  // namespace dosimeter
