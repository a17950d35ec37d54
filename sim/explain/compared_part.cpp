#include "sim/explain/compared_part.h"

#include "sim/log/quoted_text.h"
#include "sim/report/number_text.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kShownTextBytes = 60;

}  // namespace

std::vector<ComparedPart> parts_of(const RuleExplanation& rule) {
  std::vector<ComparedPart> parts;
  for (const FieldExplanation& field : rule.fields) {
    parts.push_back(
        {field.field, field_name(field.field), field.pattern, field.text, field.comparison});
  }
  for (const AttributeExplanation& attribute : rule.attributes) {
    parts.push_back(
        {std::nullopt, attribute.key, attribute.pattern, attribute.text, attribute.comparison});
  }
  return parts;
}

std::optional<ComparedPart> deciding_part(const RuleExplanation& rule) {
  if (rule.verdict != RuleVerdict::fails && rule.verdict != RuleVerdict::breaks) {
    return std::nullopt;
  }
  const std::vector<ComparedPart> parts = parts_of(rule);
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const ComparedPart& part) {
    const bool breaks = part.comparison == Comparison::breaks;
    return rule.verdict == RuleVerdict::breaks ? breaks : !breaks && !is_match(part.comparison);
  });
  return found == parts.end() ? std::nullopt : std::optional(*found);
}

std::string part_name(const ComparedPart& part) {
  const std::string name = printable(part.name, kShownTextBytes);
  return part.field ? name : "attribute " + name;
}

std::string shown_text(const FieldText& text) {
  return text ? in_quotes(*text, kShownTextBytes) : "absent";
}

std::string comparison_text(const ComparedPart& part) {
  const std::string pattern = part_name(part) + " " + shown_text(part.pattern);
  return part.text ? pattern + " against " + shown_text(part.text)
                   : pattern + ", and the request has none";
}

std::string_view comparison_name(Comparison comparison) noexcept {
  switch (comparison) {
    case Comparison::matched:
      return "matched";
    case Comparison::failed:
      return "failed";
    case Comparison::absent_matched:
      return "absent_matched";
    case Comparison::absent_failed:
      return "absent_failed";
    case Comparison::not_compared:
      return "not_compared";
    case Comparison::breaks:
      break;
  }
  return "breaks";
}

std::string_view verdict_name(RuleVerdict verdict) noexcept {
  switch (verdict) {
    case RuleVerdict::matches:
      return "matches";
    case RuleVerdict::fails:
      return "fails";
    case RuleVerdict::matches_as_default:
      return "matches_as_default";
    case RuleVerdict::waived_for_lack_of_host:
      return "waived_for_lack_of_host";
    case RuleVerdict::fails_for_empty_request:
      return "fails_for_empty_request";
    case RuleVerdict::breaks:
      break;
  }
  return "breaks";
}

}  // namespace dosimeter::sim
