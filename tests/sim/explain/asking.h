#pragma once

#include "sim/explain/answer.h"
#include "tests/support/catch.h"

#include <memory>
#include <utility>
#include <vector>

/// Questions about a few rules, without a file.
namespace dosimeter::sim::test {

inline rules::RuleDocument document_of(const std::vector<RuleSpec>& specs,
                                       RuleKind kind = RuleKind::central) {
  rules::RuleDocument document;
  document.kind = kind;
  for (const RuleSpec& spec : specs) document.rules.push_back({Rule::from(spec).value(), {}});
  return document;
}

/// A question, its rules and its answer, which views both.
class Asked {
 public:
  Asked(const std::vector<RuleSpec>& specs, std::string_view recorder, Question question,
        RuleKind kind = RuleKind::central)
      : document_(document_of(specs, kind)), question_(std::move(question)) {
    const Recorder* found = find_recorder(recorder);
    REQUIRE(found != nullptr);
    rules_ = RecorderRules::compile(document_, *found).value();
    answer_ = Answer::of(rules_, question_);
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  const rules::RuleDocument& document() const { return document_; }
  const Answer& answer() const { return answer_; }

 private:
  rules::RuleDocument document_;
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
