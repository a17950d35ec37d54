#include "sim/explain/explanation_text.h"

#include "sim/explain/hint.h"
#include "sim/explain/text_view.h"
#include "sim/log/quoted_text.h"
#include "sim/report/number_text.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace dosimeter::sim {
namespace {

std::string takes_text(std::uint64_t reservoir_size, double rate) {
  std::string text = grouped(reservoir_size) + " a second, then " + percent_text(rate);
  if (rate == 1) text += ": every such request is recorded";
  if (rate == 0 && reservoir_size == 0) text += ": no such request is recorded";
  return text;
}

/// `ServiceType, HTTPMethod and ResourceARN`.
std::string enumerated(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

/// What a recorder takes an absent part for, as the reason of an outcome.
std::string absence_text(const ComparedPart& part, const MatchChoices& choices) {
  switch (part.field ? choices.absent(*part.field) : choices.absent_attribute) {
    case AbsentField::matches_any_pattern:
      return "an absent one matches any pattern here";
    case AbsentField::matches_only_star:
      return "an absent one matches * alone here";
    case AbsentField::matches_none:
      return "an absent one matches nothing here";
    case AbsentField::is_empty_text:
      return "an absent one is compared as \"\" here";
    case AbsentField::is_root_path:
      break;
  }
  return "an absent one is compared as \"/\" here";
}

std::string outcome_text(const Answer& answer, const ComparedPart& part) {
  switch (part.comparison) {
    case Comparison::matched:
      return "matched";
    case Comparison::failed: {
      const std::string hint = hint_for(answer, part);
      return hint.empty() ? "failed" : "failed, " + hint;
    }
    case Comparison::absent_matched:
      return "matched, " + absence_text(part, answer.rules->set->choices());
    case Comparison::absent_failed:
      return "failed, " + absence_text(part, answer.rules->set->choices());
    case Comparison::not_compared:
      return "not compared by this recorder";
    case Comparison::breaks:
      break;
  }
  return "ends this recorder with an error";
}

/// The parts of a rule, a line each, but those that are `*` and match in a line of their own.
std::string parts_text(const Answer& answer, const RuleExplanation& rule) {
  using Align = TextTable::Align;
  TextTable table({Align::left, Align::left, Align::left, Align::left, Align::left});
  std::vector<std::string> stars;
  bool has_rows = false;
  const std::vector<ComparedPart> parts = parts_of(rule);
  for (const ComparedPart& part : parts) {
    if (part.pattern == "*" && is_match(part.comparison)) {
      stars.push_back(part_name(part));
      continue;
    }
    table.add({"", part_name(part), shown_text(part.pattern), shown_text(part.text),
               outcome_text(answer, part)});
    has_rows = true;
  }
  std::string text = has_rows ? table.to_string() : "";
  if (stars.empty()) return text;
  const bool all = stars.size() == parts.size();
  return text + "    " +
         (all ? "every field is *" : enumerated(stars) + (stars.size() == 1 ? " is *" : " are *")) +
         "\n";
}

/// Why a rule matches in spite of its fields, where it does.
std::string_view reason_to_match(const RuleExplanation& rule) {
  if (rule.verdict == RuleVerdict::waived_for_lack_of_host) {
    return ", because without a host this recorder compares nothing";
  }
  const std::vector<ComparedPart> parts = parts_of(rule);
  const bool by_its_fields = std::all_of(parts.begin(), parts.end(), [](const ComparedPart& part) {
    return is_match(part.comparison);
  });
  return by_its_fields ? "" : ", because Default matches every request here";
}

std::string failure_text(const RuleExplanation& rule) {
  if (rule.verdict == RuleVerdict::fails_for_empty_request) {
    return "a request without a single field is for Default alone here";
  }
  const auto part = deciding_part(rule);
  return part ? comparison_text(*part) : "its fields";
}

std::string status_text(const Answer& answer, const RuleExplanation& rule) {
  const Explanation& explanation = answer.explanation;
  if (explanation.selected == rule.rule) {
    return (answer.asks_rules() ? "HAS IT" : "would have it") + std::string(reason_to_match(rule));
  }
  if (explanation.broken == rule.rule) {
    return "ends this recorder with an error, " + failure_text(rule);
  }
  const auto last = explanation.selected ? explanation.selected : explanation.broken;
  const bool asked = !last || rule.rule < *last;
  if (is_match(rule.verdict)) {
    return "not asked, would match too" + std::string(reason_to_match(rule));
  }
  if (rule.verdict == RuleVerdict::breaks) return "not asked, would end this recorder";
  return (asked ? "no, " : "not asked, would fail: ") + failure_text(rule);
}

/// A rule's status, then its parts.
std::string rule_text(const Answer& answer, const RuleExplanation& explained) {
  const Rule& rule = answer.rules->set->rules()[explained.rule];
  return fmt::format("\n{} {}, priority {}: {}\n{}",
                     answer.explanation.selected == explained.rule ? ">" : " ", shown_name(rule),
                     rule.priority(), status_text(answer, explained),
                     parts_text(answer, explained));
}

std::string ignored_text(const Answer& answer) {
  std::string text;
  for (const IgnoredRule& ignored : answer.rules->set->ignored()) {
    text += fmt::format("\n  {}, priority {}: not used, {}\n", shown_name(ignored.rule),
                        ignored.rule.priority(), ignored.reason);
  }
  return text;
}

std::string_view type_note(AttributeType type) {
  return type == AttributeType::other ? "not a string" : "";
}

/// Whether the recorder takes a text that is there for none.
bool counts_as_absent(const Answer& answer, Field field) {
  if (!answer.seen->request().field(field) || answer.explanation.rules.empty()) return false;
  return !answer.explanation.rules.front().fields[static_cast<std::size_t>(field)].text;
}

/// Whether AWS's own Default rule has what no rule of the document has.
bool leaves_default_to_aws(const Answer& answer) {
  return answer.rules->set->fallback() == Fallback::aws_default;
}

}  // namespace

std::string answer_text(const Answer& answer) {
  const std::string before = answer.asks_rules() ? "" : "without the header: ";
  if (const auto error = answer.error()) {
    const std::string_view what =
        answer.rules->set ? " decides nothing: "
                          : " uses none of the rules, so that its local sampler decides: ";
    return before + std::string(answer.recorder().name) + std::string(what) + *error + "\n";
  }
  if (const Rule* rule = answer.selected()) {
    return fmt::format("{}{} has it: {}\n", before, shown_name(*rule),
                       takes_text(rule->reservoir_size(), rule->fixed_rate().value()));
  }
  const std::string takes = takes_text(std::uint64_t{kDefaultReservoirSize}, kDefaultFixedRate);
  if (leaves_default_to_aws(answer)) {
    return fmt::format("{}no rule of the document has it, so AWS's own Default rule does: {}\n",
                       before, takes);
  }
  return fmt::format("{}no rule has it: the local sampler of {} decides: {}\n", before,
                     answer.recorder().name, takes);
}

std::string short_answer_text(const Answer& answer) {
  if (!answer.asks_rules()) {
    return answer.upstream() == UpstreamDecision::sampled ? "(header: recorded)"
                                                          : "(header: not recorded)";
  }
  std::string text = "(no rules)";
  if (answer.rules->set) {
    text = leaves_default_to_aws(answer) ? "(AWS's own Default)" : "(local sampler)";
  }
  if (answer.explanation.broken) text = "(error)";
  if (const Rule* rule = answer.selected()) text = shown_name(*rule);
  return answer.upstream() == UpstreamDecision::none ? text : text + ", but the header decides";
}

std::string upstream_text(const Answer& answer) {
  if (!answer.seen->question().trace_header) return "";
  if (answer.upstream() == UpstreamDecision::none) {
    return fmt::format("the trace header decides nothing for {}, so its rules are asked\n",
                       answer.recorder().name);
  }
  const std::string_view decided = answer.upstream() == UpstreamDecision::sampled
                                       ? "the trace header decides that it is recorded"
                                       : "the trace header decides that it is not recorded";
  if (!answer.asks_rules()) return fmt::format("{}: no rule is asked\n", decided);
  return fmt::format(
      "{}: {} asks its rules all the same, which counts and may empty a reservoir, but the "
      "header's "
      "answer stands\n",
      decided, answer.recorder().name);
}

std::string seen_request_text(const Answer& answer) {
  using Align = TextTable::Align;
  TextTable table({Align::left, Align::left, Align::left});
  for (const Field field : kFields) {
    const bool blank = counts_as_absent(answer, field);
    table.add({std::string(field_name(field)), shown_text(answer.seen->request().field(field)),
               blank ? "counts as absent here" : text_note(answer, field)});
  }
  for (const Attribute& attribute : answer.seen->request().attributes) {
    table.add({"attribute " + printable(attribute.key), shown_text(attribute.value),
               std::string(type_note(attribute.type))});
  }
  if (const auto& header = answer.seen->question().trace_header) {
    table.add({"trace header", in_quotes(*header, kShownBytes), ""});
  }
  return fmt::format("the request as {} sees it ({})\n{}", answer.recorder().name,
                     answer.recorder().title, table.to_string());
}

std::string foreign_rules_text(const Answer& answer) {
  if (answer.rules->kind == RuleKind::local || answer.recorder().reads_central_rules) return "";
  return fmt::format(
      "\nnote: {} asks X-Ray for no rules; these are matched as if they were its local document\n",
      answer.recorder().name);
}

std::string write_explanation_text(const Answer& answer) {
  std::string text = upstream_text(answer) + answer_text(answer) + "\n" +
                     seen_request_text(answer) + foreign_rules_text(answer);
  if (!answer.rules->set) return text;
  for (const RuleExplanation& rule : answer.explanation.rules) text += rule_text(answer, rule);
  return text + ignored_text(answer);
}

std::string write_why_not_text(const Answer& answer, const WhyNotAnswer& why_not) {
  const bool names_winner =
      why_not.reason == WhyNot::has_it || why_not.reason == WhyNot::earlier_rule ||
      why_not.reason == WhyNot::earlier_error || why_not.reason == WhyNot::rules_refused;
  std::string text = upstream_text(answer) + printable(why_not.rule) + ": " + why_not.message +
                     "\n" + (names_winner ? "" : answer_text(answer)) + "\n" +
                     seen_request_text(answer);
  // Past the first field that fails there may be more.
  for (const RuleExplanation& rule : answer.explanation.rules) {
    if (answer.rules->set->rules()[rule.rule].name() == why_not.rule) {
      text += rule_text(answer, rule);
    }
  }
  return text;
}

}  // namespace dosimeter::sim
