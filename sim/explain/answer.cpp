#include "sim/explain/answer.h"

#include "sim/explain/compared_part.h"
#include "sim/log/quoted_text.h"
#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kLongestName = 40;

}  // namespace

Result<RecorderRules, Failure> RecorderRules::compile(std::span<const Rule> rules, RuleKind kind,
                                                      const Recorder& recorder) {
  RecorderRules compiled{&recorder, kind, std::nullopt, {}};
  if (kind == RuleKind::local && !recorder.local) {
    compiled.refusal = "knows no local documents";
    return compiled;
  }
  auto set = RuleSetBuilder(recorder, kind).add(rules).build();
  if (set) {
    compiled.set = std::move(set).value();
    return compiled;
  }
  const Error& error = set.error();
  if (error.code != ErrorCode::rules_refused_by_recorder) {
    return Failure{ExitCode::usage, error.where + " " + error.message};
  }
  compiled.refusal = without_controls(error.where + " " + error.message);
  return compiled;
}

Answer Answer::of(const RecorderRules& rules, const Question& question) {
  Answer answer;
  answer.rules = &rules;
  answer.seen = std::make_unique<const SeenRequest>(question, rules.recorder->text,
                                                    rules.recorder->matching(rules.kind));
  if (rules.set) answer.explanation = explain(*rules.set, answer.seen->request());
  return answer;
}

const Rule* Answer::selected() const noexcept {
  return explanation.selected ? &rules->set->rules()[*explanation.selected] : nullptr;
}

bool Answer::asks_rules() const noexcept {
  return upstream() == UpstreamDecision::none ||
         recorder().reservoir.decided_upstream == DecidedUpstream::consults_rules;
}

std::optional<std::string> Answer::error() const {
  if (!rules->set) return rules->refusal;
  if (!explanation.broken) return std::nullopt;
  const auto& explained =
      *std::find_if(explanation.rules.begin(), explanation.rules.end(),
                    [&](const RuleExplanation& rule) { return rule.rule == *explanation.broken; });
  const auto part = deciding_part(explained);
  return fmt::format("rule {}: this recorder ends with an error at {}",
                     in_quotes(rules->set->rules()[*explanation.broken].name(), kShownBytes),
                     part ? comparison_text(*part) : "a field");
}

std::string shown_name(const Rule& rule) {
  std::string name = printable(rule.name(), kLongestName);
  if (!rule.description().empty()) name += " " + in_quotes(rule.description(), kLongestName);
  return name;
}

}  // namespace dosimeter::sim
