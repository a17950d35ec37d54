#include "sim/recorders/match_words.h"

#include <array>

namespace dosimeter::sim {
namespace {

template <auto kMember, auto kWords>
constexpr Choice<MatchChoices> choice(std::string_view key, std::string_view name) {
  return member_choice<kMember, kWords, MatchChoices>(key, name);
}

template <auto kMember, Field kField, auto kWords>
constexpr Choice<MatchChoices> of_field(std::string_view key, std::string_view name) {
  return element_choice<kMember, static_cast<std::size_t>(kField), kWords, MatchChoices>(key, name);
}

constexpr std::array<Choice<MatchChoices>, 35> kChoices = {
    of_field<&MatchChoices::field_use, Field::service_name, field_use_words>(
        "field_use.ServiceName", "use of ServiceName"),
    of_field<&MatchChoices::field_use, Field::service_type, field_use_words>(
        "field_use.ServiceType", "use of ServiceType"),
    of_field<&MatchChoices::field_use, Field::host, field_use_words>("field_use.Host",
                                                                     "use of Host"),
    of_field<&MatchChoices::field_use, Field::http_method, field_use_words>("field_use.HTTPMethod",
                                                                            "use of HTTPMethod"),
    of_field<&MatchChoices::field_use, Field::url_path, field_use_words>("field_use.URLPath",
                                                                         "use of URLPath"),
    of_field<&MatchChoices::field_use, Field::resource_arn, field_use_words>(
        "field_use.ResourceARN", "use of ResourceARN"),
    of_field<&MatchChoices::absent_field, Field::service_name, absent_field_words>(
        "absent_field.ServiceName", "absent ServiceName"),
    of_field<&MatchChoices::absent_field, Field::service_type, absent_field_words>(
        "absent_field.ServiceType", "absent ServiceType"),
    of_field<&MatchChoices::absent_field, Field::host, absent_field_words>("absent_field.Host",
                                                                           "absent Host"),
    of_field<&MatchChoices::absent_field, Field::http_method, absent_field_words>(
        "absent_field.HTTPMethod", "absent HTTPMethod"),
    of_field<&MatchChoices::absent_field, Field::url_path, absent_field_words>(
        "absent_field.URLPath", "absent URLPath"),
    of_field<&MatchChoices::absent_field, Field::resource_arn, absent_field_words>(
        "absent_field.ResourceARN", "absent ResourceARN"),
    choice<&MatchChoices::absent_attribute, absent_field_words>("absent_attribute",
                                                                "absent attribute"),
    choice<&MatchChoices::blank_text, blank_text_words>("blank_text", "blank fields"),
    choice<&MatchChoices::absent_host, absent_host_words>("absent_host", "request without a host"),
    choice<&MatchChoices::empty_request, empty_request_words>("empty_request", "empty request"),
    choice<&MatchChoices::non_text_attribute, non_text_attribute_words>(
        "non_text_attribute", "attribute that is no string"),
    choice<&MatchChoices::literal_letter_case, letter_case_words>(
        "literal_letter_case", "letter case of patterns without a wildcard"),
    choice<&MatchChoices::wildcard_letter_case, letter_case_words>(
        "wildcard_letter_case", "letter case of patterns with a wildcard"),
    choice<&MatchChoices::compared_length, compared_length_words>("compared_length",
                                                                  "compared length"),
    choice<&MatchChoices::literal_anchoring, anchoring_words>(
        "literal_anchoring", "anchoring of patterns without a wildcard"),
    choice<&MatchChoices::wildcard_anchoring, anchoring_words>(
        "wildcard_anchoring", "anchoring of patterns with a wildcard"),
    choice<&MatchChoices::question_mark, question_mark_words>("question_mark", "question mark"),
    choice<&MatchChoices::star_in_text, star_in_text_words>("star_in_text", "star in the text"),
    choice<&MatchChoices::line_breaks, line_breaks_words>("line_breaks", "line breaks"),
    choice<&MatchChoices::attributes, attributes_words>("attributes", "rules with attributes"),
    choice<&MatchChoices::resource_arn, resource_arn_words>("resource_arn",
                                                            "rules with a ResourceARN"),
    choice<&MatchChoices::other_version, other_version_words>("other_version",
                                                              "rules of another Version"),
    choice<&MatchChoices::empty_service_type, empty_service_type_words>(
        "empty_service_type", "rules with an empty ServiceType"),
    choice<&MatchChoices::priority_zero, priority_zero_words>("priority_zero",
                                                              "rules of priority 0"),
    choice<&MatchChoices::missing_attributes, missing_attributes_words>("missing_attributes",
                                                                        "rules without Attributes"),
    choice<&MatchChoices::missing_service_type, missing_service_type_words>(
        "missing_service_type", "rules without a ServiceType"),
    choice<&MatchChoices::priority_tie, priority_tie_words>("priority_tie", "equal priorities"),
    choice<&MatchChoices::default_place, default_place_words>("default_place",
                                                              "place of the Default rule"),
    choice<&MatchChoices::default_match, default_match_words>("default_match",
                                                              "match of the Default rule"),
};

/// Each choice is one byte. Where this fails a member is new: list it above, in its place, with
/// words for its values.
static_assert(sizeof(MatchChoices) == kChoices.size());

}  // namespace

std::span<const Choice<MatchChoices>> match_choices() noexcept {
  return kChoices;
}

}  // namespace dosimeter::sim
