#include "tests/conformance/live/engine_answers.h"

#include <dosimeter/explanation.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/sampler.h>

#include <algorithm>
#include <stdexcept>

namespace dosimeter::conformance {
namespace {

RuleSet without_rules(const Recorder& recorder, RuleKind kind) {
  return RuleSetBuilder(recorder, kind).build().value();
}

/// Nothing where the recorder refuses them.
std::optional<RuleSet> built(const std::vector<RuleSpec>& specs, const Recorder& recorder,
                             RuleKind kind) {
  RuleSetBuilder builder(recorder, kind);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  Result<RuleSet> rules = std::move(builder).build();
  if (rules) return std::move(rules).value();
  if (rules.error().code == ErrorCode::rules_refused_by_recorder) return std::nullopt;
  throw std::runtime_error("the generator has made rules that the engine cannot have");
}

By by(Cause cause) {
  switch (cause) {
    case Cause::reservoir:
      return By::reservoir;
    case Cause::borrow:
      return By::borrow;
    case Cause::rate:
      return By::rate;
    case Cause::refused_by_rate:
      return By::nothing;
    case Cause::upstream:
      return By::upstream;
  }
  return By::unknown;
}

/// Whether a recorder with these choices may end with an error on a request.
bool may_break(const MatchChoices& choices) {
  return choices.compared_length != ComparedLength::as_mapped ||
         choices.non_text_attribute == NonTextAttribute::breaks_wildcards;
}

class Run {
 public:
  Run(const Case& asked, const Recorder& recorder, const Answers* said)
      : recorder_(recorder),
        said_(said),
        kind_(asked.kind()),
        may_break_(may_break(recorder.matching(kind_)) &&
                   (asked.family == Family::matching || asked.family == Family::local_matching)),
        names_(rule_names(asked)),
        rules_(built(asked.rules, recorder, kind_)),
        sampler_(rules_ ? *rules_ : without_rules(recorder, kind_), options(asked)) {}

  Answers answers(const std::vector<CaseStep>& steps) {
    Answers made;
    for (const CaseStep& step : steps) {
      switch (step.kind) {
        case StepKind::request:
          made.steps.push_back(decide(step, made.steps.size()));
          break;
        case StepKind::targets:
          sampler_.apply_targets(step.targets, step.at);
          break;
        case StepKind::rules:
          if (std::optional<RuleSet> rules = built(step.rules, recorder_, kind_)) {
            rules_ = rules;
            sampler_.swap_rules(*std::move(rules), step.at);
          }
          break;
        case StepKind::statistics:
          made.steps.push_back(statistics(step.at));
          break;
      }
    }
    return made;
  }

 private:
  [[nodiscard]] SamplerOptions options(const Case& asked) const {
    SamplerOptions made;
    made.own_deciders = 1;
    if (kind_ == RuleKind::central) {
      made.quotas = QuotaSource::targets;
      if (rules_) made.rules_fetched = asked.at;
    }
    made.began = asked.at;
    return made;
  }

  [[nodiscard]] int place_of(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? kFellBack : static_cast<int>(found - names_.begin());
  }

  [[nodiscard]] bool is_to_be_explained(const CaseRequest& request, std::size_t place) const {
    if (!may_break_ || !rules_) return false;
    if (said_ == nullptr || place >= said_->steps.size()) return true;
    // The other way to break is soon told.
    if (recorder_.matching(kind_).non_text_attribute == NonTextAttribute::breaks_wildcards &&
        std::any_of(request.attributes.begin(), request.attributes.end(),
                    [](const CaseAttribute& attribute) { return !attribute.is_text; })) {
      return true;
    }
    return said_->steps[place].kind == AnswerKind::error;
  }

  Answer decide(const CaseStep& step, std::size_t place) {
    std::vector<Attribute> attributes;
    for (const CaseAttribute& attribute : step.request.attributes) {
      attributes.push_back({attribute.key, attribute.value,
                            attribute.is_text ? AttributeType::text : AttributeType::other});
    }
    Request request{.attributes = attributes, .upstream = step.request.upstream};
    for (std::size_t i = 0; i < kFieldCount; ++i) {
      request.*detail::kFieldMembers[i] = step.request.fields[i];
    }
    Answer answer;
    if (is_to_be_explained(step.request, place) && explain(*rules_, request).broken) {
      answer.kind = AnswerKind::error;
      return answer;
    }
    const Decision decision = sampler_.decide(request, step.at, step.draw);
    answer.sampled = decision.sampled;
    answer.by = by(decision.cause);
    answer.rule =
        decision.cause == Cause::upstream ? kFellBack : place_of(sampler_.rule_name(decision.rule));
    return answer;
  }

  Answer statistics(TimePoint now) {
    Answer answer;
    answer.kind = AnswerKind::statistics;
    for (const RuleStatistics& of : sampler_.take_statistics(now)) {
      if (of.requests == 0) continue;
      answer.counted.push_back({place_of(of.name), of.requests, of.sampled, of.borrowed});
    }
    return answer;
  }

  const Recorder& recorder_;
  const Answers* said_;
  RuleKind kind_;
  bool may_break_;
  std::vector<std::string> names_;
  std::optional<RuleSet> rules_;
  Sampler sampler_;
};

}  // namespace

Answers engine_answers(const Case& asked, const Recorder& recorder, const Answers* said) {
  return Run(asked, recorder, said).answers(asked.steps);
}

}  // namespace dosimeter::conformance
