#pragma once

#include "sim/explain/answer.h"
#include "tests/support/catch.h"

#include <memory>
#include <utility>
#include <vector>

/// Questions about a few rules, without a file.
namespace dosimeter::sim::test {

inline std::vector<Rule> rules_of(const std::vector<RuleSpec>& specs) {
  std::vector<Rule> rules;
  for (const RuleSpec& spec : specs) rules.push_back(Rule::from(spec).value());
  return rules;
}

/// A question, its rules and its answer, which views both.
class Asked {
 public:
  Asked(const std::vector<RuleSpec>& specs, std::string_view recorder, Question question,
        RuleKind kind = RuleKind::central)
      : given_(rules_of(specs)), question_(std::move(question)) {
    const Recorder* found = find_recorder(recorder);
    REQUIRE(found != nullptr);
    rules_ = RecorderRules::compile(given_, kind, *found).value();
    answer_ = Answer::of(rules_, question_);
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  const std::vector<Rule>& rules() const { return given_; }
  const Answer& answer() const { return answer_; }

 private:
  std::vector<Rule> given_;
  Question question_;
  RecorderRules rules_;
  Answer answer_;
};

inline Question question_of(std::vector<std::pair<Field, std::string>> fields) {
  Question question;
  for (auto& [field, text] : fields) question.request.field(field) = std::move(text);
  return question;
}

}  // namespace dosimeter::sim::test
