#include "sim/recorders/member_choice.h"

#include <array>

namespace dosimeter::sim {
namespace {

ChoiceWords service_type_supply_words(FieldSupply value) noexcept {
  switch (value) {
    case FieldSupply::filled_in:
      return {"filled_in", "the service type is known where a plugin or the resource tells it"};
    case FieldSupply::never_filled_in:
      return {"never_filled_in", "the service type is always absent"};
  }
  return {};
}

ChoiceWords host_supply_words(FieldSupply value) noexcept {
  switch (value) {
    case FieldSupply::filled_in:
      return {"filled_in", "the host is known"};
    case FieldSupply::never_filled_in:
      return {"never_filled_in", "the host is always absent"};
  }
  return {};
}

ChoiceWords query_string_words(QueryString value) noexcept {
  switch (value) {
    case QueryString::removed:
      return {"removed", "the path is compared without its query"};
    case QueryString::kept:
      return {"kept", "the path is compared with its query"};
  }
  return {};
}

ChoiceWords host_port_words(HostPort value) noexcept {
  switch (value) {
    case HostPort::kept:
      return {"kept", "the host is compared with its port"};
    case HostPort::removed:
      return {"removed", "the host is compared without its port"};
    case HostPort::kept_but_80:
      return {"kept_but_80", "the host is compared with its port, but for 80"};
  }
  return {};
}

ChoiceWords host_text_words(HostText value) noexcept {
  switch (value) {
    case HostText::as_sent:
      return {"as_sent", "the host is compared whatever it holds"};
    case HostText::as_latin_1:
      return {"as_latin_1", "each byte of the host beyond ASCII is one character"};
    case HostText::valid_or_absent:
      return {"valid_or_absent", "a host is absent that is no domain name or address, as `shop_1`"};
  }
  return {};
}

ChoiceWords target_form_words(TargetForm value) noexcept {
  switch (value) {
    case TargetForm::as_url:
      return {"as_url", "of a target that is a full URL the path is taken, without a fragment"};
    case TargetForm::as_text:
      return {"as_text", "a target that is a full URL is compared whole, with a fragment"};
  }
  return {};
}

ChoiceWords path_start_words(PathStart value) noexcept {
  switch (value) {
    case PathStart::as_sent:
      return {"as_sent", "the path begins as sent"};
    case PathStart::one_slash:
      return {"one_slash", "the path begins with one slash, `//a` as `/a`"};
  }
  return {};
}

ChoiceWords path_encoding_words(PathEncoding value) noexcept {
  switch (value) {
    case PathEncoding::as_sent:
      return {"as_sent", "the path is compared as sent"};
    case PathEncoding::percent_decoded:
      return {"percent_decoded", "the path is compared percent-decoded"};
    case PathEncoding::percent_decoded_to_utf8:
      return {"percent_decoded_to_utf8",
              "the path is compared percent-decoded, with U+FFFD for what is no UTF-8"};
  }
  return {};
}

ChoiceWords base_path_words(BasePath value) noexcept {
  switch (value) {
    case BasePath::kept:
      return {"kept", "the path includes where the application is mounted"};
    case BasePath::removed:
      return {"removed", "the path begins below where the application is mounted"};
  }
  return {};
}

ChoiceWords path_of_url_words(PathOfUrl value) noexcept {
  switch (value) {
    case PathOfUrl::like_a_target:
      return {"like_a_target", "of a full URL its path and query are taken as if sent"};
    case PathOfUrl::without_query:
      return {"without_query", "of a full URL the path is taken, without its query"};
    case PathOfUrl::with_query:
      return {"with_query", "of a full URL the path is taken, with its query"};
    case PathOfUrl::whole_url:
      return {"whole_url", "a full URL is compared whole"};
  }
  return {};
}

ChoiceWords header_blanks_words(HeaderBlanks value) noexcept {
  switch (value) {
    case HeaderBlanks::trimmed:
      return {"trimmed", "blanks around the parts of a trace header are dropped"};
    case HeaderBlanks::significant:
      return {"significant", "blanks hide the parts of a trace header they surround"};
  }
  return {};
}

ChoiceWords part_value_words(PartValue value) noexcept {
  switch (value) {
    case PartValue::to_its_end:
      return {"to_its_end", "of `Sampled=1=0` the value is `1=0`"};
    case PartValue::to_next_equals:
      return {"to_next_equals", "of `Sampled=1=0` the value is `1`"};
  }
  return {};
}

ChoiceWords repeated_part_words(RepeatedPart value) noexcept {
  switch (value) {
    case RepeatedPart::first:
      return {"first", "of a repeated Sampled the first counts"};
    case RepeatedPart::last:
      return {"last", "of a repeated Sampled the last counts"};
    case RepeatedPart::last_with_text:
      return {"last_with_text", "of a repeated Sampled the last counts that is not empty"};
  }
  return {};
}

ChoiceWords header_keys_words(HeaderKeys value) noexcept {
  switch (value) {
    case HeaderKeys::any_case:
      return {"any_case", "`root=` is as good as `Root=`"};
    case HeaderKeys::exact_case:
      return {"exact_case", "`root=` is not understood, `Root=` is"};
  }
  return {};
}

ChoiceWords unclear_sampled_words(UnclearSampled value) noexcept {
  switch (value) {
    case UnclearSampled::undecided:
      return {"undecided", "a Sampled that is neither 0 nor 1 leaves it to the rules"};
    case UnclearSampled::not_sampled:
      return {"not_sampled", "a Sampled that is neither 0 nor 1 means not sampled"};
    case UnclearSampled::as_a_number:
      return {"as_a_number", "a Sampled that begins with a number but 0 means sampled"};
  }
  return {};
}

ChoiceWords missing_sampled_words(MissingSampled value) noexcept {
  switch (value) {
    case MissingSampled::undecided:
      return {"undecided", "a trace header without Sampled leaves it to the rules"};
    case MissingSampled::not_sampled:
      return {"not_sampled", "a trace header without Sampled means not sampled"};
  }
  return {};
}

ChoiceWords header_parts_words(HeaderParts value) noexcept {
  switch (value) {
    case HeaderParts::any_part:
      return {"any_part", "parts of a trace header that mean nothing do no harm"};
    case HeaderParts::every_part_needs_a_value:
      return {"every_part_needs_a_value",
              "a trace header decides if each of its parts has a value"};
  }
  return {};
}

ChoiceWords header_validity_words(HeaderValidity value) noexcept {
  switch (value) {
    case HeaderValidity::any_header:
      return {"any_header", "any trace header may decide"};
    case HeaderValidity::valid_root_needed:
      return {"valid_root_needed", "a trace header decides if its Root is valid"};
    case HeaderValidity::valid_root_and_parent_needed:
      return {"valid_root_and_parent_needed",
              "a trace header decides if its Root and Parent are valid"};
    case HeaderValidity::no_header:
      return {"no_header", "no trace header decides"};
  }
  return {};
}

template <auto kMember, auto kWords>
constexpr Choice<TextChoices> choice(std::string_view key, std::string_view name) {
  return member_choice<kMember, kWords, TextChoices>(key, name);
}

constexpr std::array<Choice<TextChoices>, 18> kChoices = {
    choice<&TextChoices::service_type_supply, service_type_supply_words>("service_type_supply",
                                                                         "service type"),
    choice<&TextChoices::host_supply, host_supply_words>("host_supply", "host"),
    choice<&TextChoices::query_string, query_string_words>("query_string", "query of the path"),
    choice<&TextChoices::host_port, host_port_words>("host_port", "port of the host"),
    choice<&TextChoices::host_text, host_text_words>("host_text", "text of the host"),
    choice<&TextChoices::target_form, target_form_words>("target_form", "form of a target"),
    choice<&TextChoices::path_start, path_start_words>("path_start", "start of the path"),
    choice<&TextChoices::path_encoding, path_encoding_words>("path_encoding",
                                                             "encoding of the path"),
    choice<&TextChoices::base_path, base_path_words>("base_path", "base path"),
    choice<&TextChoices::path_of_url, path_of_url_words>("path_of_url", "path of a full URL"),
    choice<&TextChoices::header_blanks, header_blanks_words>("header_blanks",
                                                             "blanks in a trace header"),
    choice<&TextChoices::part_value, part_value_words>("part_value", "value in a trace header"),
    choice<&TextChoices::repeated_part, repeated_part_words>("repeated_part",
                                                             "repetition in a trace header"),
    choice<&TextChoices::header_keys, header_keys_words>("header_keys",
                                                         "letter case in a trace header"),
    choice<&TextChoices::unclear_sampled, unclear_sampled_words>("unclear_sampled",
                                                                 "unclear Sampled"),
    choice<&TextChoices::missing_sampled, missing_sampled_words>("missing_sampled",
                                                                 "missing Sampled"),
    choice<&TextChoices::header_validity, header_validity_words>("header_validity",
                                                                 "validity of a trace header"),
    choice<&TextChoices::header_parts, header_parts_words>("header_parts",
                                                           "parts of a trace header"),
};

/// Each choice is one byte. Where this fails a member is new: list it above, in its place, with
/// words for its values.
static_assert(sizeof(TextChoices) == kChoices.size());

}  // namespace

std::span<const Choice<TextChoices>> text_choices() noexcept {
  return kChoices;
}

}  // namespace dosimeter::sim
