#include <dosimeter/explanation.h>
#include <dosimeter/pattern.h>

#include "engine/src/field_text.h"

#include <algorithm>

namespace dosimeter {
namespace {

/// The order in which recorders that can break compare the fields: what fails before the break
/// saves them from it.
constexpr std::array<Field, kFieldCount> kAskingOrder = {Field::host,         Field::url_path,
                                                         Field::http_method,  Field::service_name,
                                                         Field::service_type, Field::resource_arn};

/// Those that a span has as attributes.
constexpr std::array<Field, 3> kAttributeFields = {Field::host, Field::url_path,
                                                   Field::http_method};

Comparison compare_text(const Pattern& pattern, std::string_view text) {
  switch (pattern.reference_outcome(text)) {
    case PatternOutcome::matches:
      return Comparison::matched;
    case PatternOutcome::breaks:
      return Comparison::breaks;
    case PatternOutcome::fails:
      break;
  }
  return Comparison::failed;
}

Comparison compare_absence(bool pattern_is_star, AbsentField absent) {
  return detail::matches_absent(pattern_is_star, absent) ? Comparison::absent_matched
                                                         : Comparison::absent_failed;
}

/// What a comparison with the text that stands in for an absent one comes to.
Comparison of_stand_in(Comparison comparison) {
  if (comparison == Comparison::breaks) return comparison;
  return is_match(comparison) ? Comparison::absent_matched : Comparison::absent_failed;
}

FieldExplanation explain_field(const Rule& rule, Field field, const Request& request,
                               const MatchChoices& choices) {
  const Pattern pattern(detail::compared_pattern(rule, field, choices), choices);
  FieldExplanation explained{field, rule.pattern(field), {}, Comparison::not_compared};
  if (!detail::is_absent(request.field(field), choices.blank(field))) {
    explained.text = request.field(field);
  }
  if (choices.use(field) == FieldUse::not_compared) return explained;
  if (rule.lacks(field) && choices.missing_service_type == MissingServiceType::never_matches) {
    explained.comparison = explained.text ? Comparison::failed : Comparison::absent_failed;
    return explained;
  }
  const AbsentField absent = choices.absent(field);
  const FieldText text = detail::compared_text(request.field(field), absent, choices.blank(field));
  if (!text) {
    explained.comparison = compare_absence(pattern.is_star(), absent);
  } else {
    explained.comparison = compare_text(pattern, *text);
    if (!explained.text) explained.comparison = of_stand_in(explained.comparison);
  }
  return explained;
}

AttributeExplanation explain_attribute(const RuleAttribute& asked, const Request& request,
                                       const MatchChoices& choices) {
  const Pattern pattern(asked.pattern, choices);
  AttributeExplanation explained{asked.key, asked.pattern, {}, Comparison::failed};
  const auto found =
      std::find_if(request.attributes.begin(), request.attributes.end(),
                   [&](const Attribute& attribute) { return attribute.key == asked.key; });
  if (found == request.attributes.end()) {
    const FieldText stand_in = detail::stand_in(choices.absent_attribute);
    explained.comparison = stand_in ? of_stand_in(compare_text(pattern, *stand_in))
                                    : compare_absence(pattern.is_star(), choices.absent_attribute);
    return explained;
  }
  explained.text = found->value;
  const FieldText value = detail::compared_value(*found, choices.non_text_attribute);
  if (value) {
    explained.comparison = compare_text(pattern, *value);
  } else if (pattern.is_star()) {
    explained.comparison = Comparison::matched;
  } else if (choices.non_text_attribute == NonTextAttribute::breaks_wildcards &&
             (asked.pattern.empty() || asked.pattern.find_first_of("*?") != std::string::npos)) {
    explained.comparison = Comparison::breaks;
  }
  return explained;
}

/// Of a recorder that breaks on an attribute that is no text: it goes through those of the span and
/// counts in the end, and where the rule has more than the span it does not begin.
bool breaks_on_an_attribute(const std::vector<AttributeExplanation>& attributes,
                            const Request& request) {
  const auto fields = std::count_if(kAttributeFields.begin(), kAttributeFields.end(),
                                    [&](Field of) { return request.field(of).has_value(); });
  const std::size_t of_span = request.attributes.size() + static_cast<std::size_t>(fields);
  return attributes.size() <= of_span &&
         std::any_of(attributes.begin(), attributes.end(), [](const AttributeExplanation& one) {
           return one.comparison == Comparison::breaks;
         });
}

/// What the comparisons come to, attributes first.
RuleVerdict verdict_of(const RuleExplanation& explained, const Request& request,
                       const MatchChoices& choices) {
  const bool counts_in_the_end = choices.non_text_attribute == NonTextAttribute::breaks_wildcards;
  if (counts_in_the_end && breaks_on_an_attribute(explained.attributes, request)) {
    return RuleVerdict::breaks;
  }
  for (const AttributeExplanation& attribute : explained.attributes) {
    const bool breaks = attribute.comparison == Comparison::breaks;
    if (breaks && !counts_in_the_end) return RuleVerdict::breaks;
    if (!is_match(attribute.comparison)) return RuleVerdict::fails;
  }
  for (const Field field : kAskingOrder) {
    const Comparison comparison = explained.fields[static_cast<std::size_t>(field)].comparison;
    if (comparison == Comparison::breaks) return RuleVerdict::breaks;
    if (!is_match(comparison)) return RuleVerdict::fails;
  }
  return RuleVerdict::matches;
}

}  // namespace

Explanation explain(const RuleSet& rules, const Request& request) {
  const MatchChoices& choices = rules.choices();
  const bool waived =
      choices.absent_host == AbsentHost::waives_every_field && !request.field(Field::host);
  const bool only_default =
      choices.empty_request == EmptyRequest::only_default && detail::is_empty(request);
  Explanation explanation;
  for (RuleIndex i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    if (rules.is_stand_in(i)) continue;
    RuleExplanation explained;
    explained.rule = i;
    for (const Field field : kFields) {
      explained.fields[static_cast<std::size_t>(field)] =
          explain_field(rule, field, request, choices);
    }
    for (const RuleAttribute& asked : rule.attributes()) {
      explained.attributes.push_back(explain_attribute(asked, request, choices));
    }
    if (rule.is_default() && choices.default_match == DefaultMatch::every_request) {
      explained.verdict = RuleVerdict::matches_as_default;
    } else if (only_default && !rule.is_default()) {
      explained.verdict = RuleVerdict::fails_for_empty_request;
    } else if (waived) {
      explained.verdict = RuleVerdict::waived_for_lack_of_host;
    } else {
      explained.verdict = verdict_of(explained, request, choices);
    }
    const bool undecided = !explanation.selected && !explanation.broken;
    if (undecided && is_match(explained.verdict)) explanation.selected = i;
    if (undecided && explained.verdict == RuleVerdict::breaks) explanation.broken = i;
    explanation.rules.push_back(std::move(explained));
  }
  return explanation;
}

}  // namespace dosimeter
