#include "sim/recorders/document_words.h"

#include <array>

namespace dosimeter::sim {
namespace {

template <auto kMember, auto kWords>
constexpr Choice<DocumentChoices> choice(std::string_view key, std::string_view name) {
  return member_choice<kMember, kWords, DocumentChoices>(key, name);
}

constexpr std::array<Choice<DocumentChoices>, 29> kChoices = {
    choice<&DocumentChoices::comments, comments_words>("comments", "comments"),
    choice<&DocumentChoices::text_after, text_after_words>("text_after", "text after the document"),
    choice<&DocumentChoices::byte_order_mark, byte_order_mark_words>("byte_order_mark",
                                                                     "byte order mark"),
    choice<&DocumentChoices::key_case, key_case_words>("key_case", "letter case of keys"),
    choice<&DocumentChoices::known_versions, known_versions_words>("known_versions",
                                                                   "known versions"),
    choice<&DocumentChoices::version_number, version_number_words>("version_number",
                                                                   "number of the version"),
    choice<&DocumentChoices::absent_rules, absent_rules_words>("absent_rules",
                                                               "document without rules"),
    choice<&DocumentChoices::other_rules, other_rules_words>("other_rules",
                                                             "rules that are no array"),
    choice<&DocumentChoices::default_keys, default_keys_words>("default_keys",
                                                               "keys of the default"),
    choice<&DocumentChoices::default_excuse, default_excuse_words>("default_excuse",
                                                                   "empty patterns of the default"),
    choice<&DocumentChoices::unknown_keys, unknown_keys_words>("unknown_keys",
                                                               "unknown keys of a rule"),
    choice<&DocumentChoices::other_host_key, other_host_key_words>("other_host_key",
                                                                   "host key of the other version"),
    choice<&DocumentChoices::missing_pattern, missing_pattern_words>("missing_pattern",
                                                                     "missing pattern"),
    choice<&DocumentChoices::empty_pattern, empty_pattern_words>("empty_pattern", "empty pattern"),
    choice<&DocumentChoices::pattern_value, pattern_value_words>("pattern_value",
                                                                 "type of a pattern"),
    choice<&DocumentChoices::spare_pattern, spare_pattern_words>("spare_pattern",
                                                                 "pattern that nothing depends on"),
    choice<&DocumentChoices::description_value, description_value_words>("description_value",
                                                                         "type of a description"),
    choice<&DocumentChoices::target_number, target_number_words>("target_number",
                                                                 "number of a fixed_target"),
    choice<&DocumentChoices::target_bound, target_bound_words>("target_bound",
                                                               "largest fixed_target"),
    choice<&DocumentChoices::negative_number, negative_number_words>("negative_number",
                                                                     "negative number"),
    choice<&DocumentChoices::rate_above_one, rate_above_one_words>("rate_above_one",
                                                                   "rate above 1"),
    choice<&DocumentChoices::missing_number, missing_number_words>("missing_number",
                                                                   "missing number"),
    choice<&DocumentChoices::null_number, null_number_words>("null_number", "null for a number"),
    choice<&DocumentChoices::boolean_number, boolean_number_words>("boolean_number",
                                                                   "true for a number"),
    choice<&DocumentChoices::number_in_text, number_in_text_words>("number_in_text",
                                                                   "number in quotes"),
    choice<&DocumentChoices::type_check, type_check_words>("type_check", "check of types"),
    choice<&DocumentChoices::unreadable, unreadable_words>("unreadable", "text that is no JSON"),
    choice<&DocumentChoices::wrong_type, wrong_type_words>("wrong_type", "value of a wrong type"),
    choice<&DocumentChoices::wrong_value, wrong_value_words>("wrong_value", "other faults"),
};

/// Each choice is one byte. Where this fails a member is new: list it above, in its place, with
/// words for its values.
static_assert(sizeof(DocumentChoices) == kChoices.size());

}  // namespace

std::span<const Choice<DocumentChoices>> document_choices() noexcept {
  return kChoices;
}

}  // namespace dosimeter::sim
