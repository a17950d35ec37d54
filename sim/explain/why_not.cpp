#include "sim/explain/why_not.h"

#include "sim/explain/hint.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <algorithm>
#include <vector>

namespace dosimeter::sim {
namespace {

Failure unknown(std::span<const Rule> rules, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Rule& rule : rules) names.push_back(rule.name());
  const auto nearest = nearest_name(name, names);
  return {ExitCode::usage,
          "--why-not must be the name of a rule of the documents, got " +
              in_quotes(name, kShownBytes) +
              (nearest ? ", did you mean " + in_quotes(*nearest, kShownBytes) + "?" : "")};
}

WhyNotAnswer of_part(const Answer& answer, WhyNotAnswer result, const RuleExplanation& explained) {
  result.part = deciding_part(explained);
  if (!result.part) {
    result.message = "its fields fail";
    return result;
  }
  const std::string hint = hint_for(answer, *result.part);
  result.message =
      comparison_text(*result.part) +
      (explained.verdict == RuleVerdict::breaks ? " ends this recorder with an error" : "") +
      (hint.empty() ? "" : ", " + hint);
  if (!result.part->field && result.reason == WhyNot::field_failed) {
    result.reason = WhyNot::attribute_failed;
  }
  return result;
}

WhyNotAnswer of_evaluated(const Answer& answer, const RuleExplanation& explained,
                          std::string name) {
  WhyNotAnswer result{WhyNot::has_it, std::move(name), std::nullopt,
                      "it does have it, as the first rule that matches"};
  if (answer.explanation.selected == explained.rule) return result;
  if (explained.verdict == RuleVerdict::fails_for_empty_request) {
    result.reason = WhyNot::empty_request;
    result.message = "this recorder puts a request without a single field to Default alone";
    return result;
  }
  if (explained.verdict == RuleVerdict::fails || explained.verdict == RuleVerdict::breaks) {
    result.reason =
        explained.verdict == RuleVerdict::breaks ? WhyNot::ends_recorder : WhyNot::field_failed;
    return of_part(answer, std::move(result), explained);
  }
  if (const Rule* winner = answer.selected()) {
    result.reason = WhyNot::earlier_rule;
    result.message = "it would match, but " + shown_name(*winner) + " (priority " +
                     std::to_string(winner->priority()) + ") is asked first and matches";
    return result;
  }
  result.reason = WhyNot::earlier_error;
  result.message = "it would match, but before it comes " + answer.error().value_or("an error");
  return result;
}

}  // namespace

std::string_view why_not_name(WhyNot reason) noexcept {
  switch (reason) {
    case WhyNot::has_it:
      return "has_it";
    case WhyNot::field_failed:
      return "field_failed";
    case WhyNot::attribute_failed:
      return "attribute_failed";
    case WhyNot::empty_request:
      return "empty_request";
    case WhyNot::earlier_rule:
      return "earlier_rule";
    case WhyNot::earlier_error:
      return "earlier_error";
    case WhyNot::ends_recorder:
      return "ends_recorder";
    case WhyNot::ignored:
      return "ignored";
    case WhyNot::rules_refused:
      break;
  }
  return "rules_refused";
}

Result<WhyNotAnswer, Failure> why_not(const Answer& answer, std::span<const Rule> rules,
                                      std::string_view rule) {
  if (std::none_of(rules.begin(), rules.end(),
                   [&](const Rule& given) { return given.name() == rule; })) {
    return unknown(rules, rule);
  }
  const std::string name(rule);
  if (!answer.rules->set) {
    return WhyNotAnswer{WhyNot::rules_refused, name, std::nullopt, answer.rules->refusal};
  }
  for (const IgnoredRule& ignored : answer.rules->set->ignored()) {
    if (ignored.rule.name() != rule) continue;
    return WhyNotAnswer{WhyNot::ignored, name, std::nullopt, std::string(ignored.reason)};
  }
  for (const RuleExplanation& explained : answer.explanation.rules) {
    if (answer.rules->set->rules()[explained.rule].name() != rule) continue;
    return of_evaluated(answer, explained, name);
  }
  return unknown(rules, rule);
}

}  // namespace dosimeter::sim
