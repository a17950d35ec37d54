#include "sim/explain/all_recorders.h"

#include "sim/explain/compared_part.h"
#include "sim/explain/explanation_text.h"
#include "sim/explain/why_not.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

std::string selected_name(const Answer& answer) {
  const Rule* rule = answer.selected();
  return rule == nullptr ? "" : rule->name();
}

/// Who decides, and whether the rules have a say.
bool header_counts_alike(const Answer& left, const Answer& right) {
  return left.upstream() == right.upstream() && left.asks_rules() == right.asks_rules();
}

bool is_same(const Answer& left, const Answer& right) {
  if (!header_counts_alike(left, right)) return false;
  if (!left.asks_rules()) return true;
  return left.rules->set.has_value() == right.rules->set.has_value() &&
         left.explanation.broken.has_value() == right.explanation.broken.has_value() &&
         selected_name(left) == selected_name(right);
}

const RuleExplanation* explanation_of(const Answer& answer, std::string_view rule) {
  for (const RuleExplanation& explained : answer.explanation.rules) {
    if (answer.rules->set->rules()[explained.rule].name() == rule) return &explained;
  }
  return nullptr;
}

/// The same part of the same rule, as another recorder has it.
std::string same_part_text(const Answer& answer, const WhyNotAnswer& why) {
  const RuleExplanation* explained = explanation_of(answer, why.rule);
  if (explained == nullptr || !why.part) return "all of it";
  if (explained->verdict == RuleVerdict::waived_for_lack_of_host) {
    return "without a host nothing is compared";
  }
  if (explained->verdict == RuleVerdict::matches_as_default) return "as every request";
  for (const ComparedPart& part : parts_of(*explained)) {
    if (part.field != why.part->field || part.name != why.part->name) continue;
    if (part.comparison == Comparison::not_compared) return part_name(part) + " is not compared";
    return comparison_text(part);
  }
  return "all of it";
}

std::string header_reason(const Answer& answer) {
  if (answer.upstream() == UpstreamDecision::none) return "the trace header decides nothing";
  if (!answer.asks_rules()) return "the trace header decides, no rule is asked";
  return "asks its rules although the trace header decides";
}

/// Why the rule that the chosen recorder selects is not this one's, where the rule itself says.
std::string lost_rule_reason(const Answer& chosen, const Answer& answer,
                             std::span<const Rule> rules) {
  const Rule* rule = chosen.selected();
  if (rule == nullptr) return "";
  const auto why = why_not(answer, rules, rule->name());
  if (!why || why.value().reason == WhyNot::earlier_rule) return "";
  if (why.value().part) return shown_name(*rule) + " fails: " + comparison_text(*why.value().part);
  return shown_name(*rule) + ": " + why.value().message;
}

/// Why the rule that this recorder selects is not the chosen one's.
std::string won_rule_reason(const Answer& chosen, const Answer& answer,
                            std::span<const Rule> rules) {
  const Rule* rule = answer.selected();
  if (rule == nullptr) return "";
  const auto why = why_not(chosen, rules, rule->name());
  if (!why) return "";
  const std::string name = shown_name(*rule);
  switch (why.value().reason) {
    case WhyNot::ignored:
      return name + " is not ignored";
    case WhyNot::earlier_rule:
    case WhyNot::earlier_error:
      return name + " is asked earlier";
    case WhyNot::empty_request:
      return name + " may have a request without a single field";
    case WhyNot::rules_refused:
      return "uses the rules";
    case WhyNot::has_it:
    case WhyNot::field_failed:
    case WhyNot::attribute_failed:
    case WhyNot::ends_recorder:
      break;
  }
  return name + " matches: " + same_part_text(answer, why.value());
}

std::string reason_of(const Answer& chosen, const Answer& answer, std::span<const Rule> rules) {
  if (!answer.rules->set) return answer.rules->refusal;
  if (!header_counts_alike(chosen, answer)) return header_reason(answer);
  if (const auto error = answer.error()) return *error;
  if (!chosen.rules->set) return "uses the rules";
  std::string reason = lost_rule_reason(chosen, answer, rules);
  return reason.empty() ? won_rule_reason(chosen, answer, rules) : reason;
}

}  // namespace

Result<std::vector<RecorderRow>, Failure> ask_all_recorders(std::span<const Rule> rules,
                                                            RuleKind kind, const Question& question,
                                                            const Recorder& chosen,
                                                            const DocumentRefusal& refusal) {
  std::vector<RecorderRow> rows;
  for (const Recorder& recorder : recorders()) {
    auto compiled = RecorderRules::compile(rules, kind, recorder);
    if (!compiled) return compiled.error();
    if (std::string why = refusal(recorder); compiled.value().set && !why.empty()) {
      compiled.value().set.reset();
      compiled.value().refusal = std::move(why);
    }
    RecorderRow row;
    row.rules = std::make_unique<const RecorderRules>(std::move(compiled).value());
    row.answer = Answer::of(*row.rules, question);
    row.is_chosen = recorder.name == chosen.name;
    rows.push_back(std::move(row));
  }
  const auto reference =
      std::find_if(rows.begin(), rows.end(), [](const RecorderRow& row) { return row.is_chosen; });
  if (reference == rows.end()) return rows;
  for (RecorderRow& row : rows) {
    row.is_same = is_same(reference->answer, row.answer);
    // A recorder without rules has something to say whomever it is compared with.
    if (!row.is_same || !row.rules->set) {
      row.reason = reason_of(reference->answer, row.answer, rules);
    }
  }
  return rows;
}

std::string write_recorder_table(const std::vector<RecorderRow>& rows) {
  using Align = TextTable::Align;
  TextTable table({Align::left, Align::left, Align::left});
  const auto chosen =
      std::find_if(rows.begin(), rows.end(), [](const RecorderRow& row) { return row.is_chosen; });
  table.add({"  recorder", "rule",
             chosen == rows.end()
                 ? ""
                 : fmt::format("why it differs from {}", chosen->answer.recorder().name)});
  for (const RecorderRow& row : rows) {
    table.add({(row.is_chosen ? "> " : "  ") + std::string(row.answer.recorder().name),
               short_answer_text(row.answer), row.reason});
  }
  std::string notes;
  for (const RecorderRow& row : rows) notes += foreign_rules_text(row.answer);
  return table.to_string() + notes;
}

}  // namespace dosimeter::sim
