#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>

#include "tests/engine/random_requests.h"
#include "tests/oracle/linear_twin.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::test {

/// A recorder and the kind of rules it is given.
struct RecorderKind {
  const Recorder* recorder;
  RuleKind kind;

  [[nodiscard]] const MatchChoices& choices() const { return recorder->matching(kind); }
  [[nodiscard]] std::string name() const {
    return std::string(recorder->name) + (kind == RuleKind::local ? " (local)" : "");
  }
};

/// Every recorder, with each kind of rules it knows.
inline std::vector<RecorderKind> recorder_kinds() {
  std::vector<RecorderKind> kinds;
  for (const Recorder& recorder : recorders()) {
    kinds.push_back({&recorder, RuleKind::central});
    if (recorder.local) kinds.push_back({&recorder, RuleKind::local});
  }
  return kinds;
}

inline std::string& pattern_of(RuleSpec& spec, Field field) {
  std::string* const patterns[] = {&spec.service_name, &spec.service_type, &spec.host,
                                   &spec.http_method,  &spec.url_path,     &spec.resource_arn};
  return *patterns[static_cast<std::size_t>(field)];
}

/// `letter` and a number of five digits, so that names and numbers have one order.
inline std::string numbered(char letter, std::size_t number) {
  const std::string digits = std::to_string(number);
  return letter + std::string(5 - digits.size(), '0') + digits;
}

/// A rule that takes its place by number.
inline RuleSpec numbered_rule(std::size_t number) {
  RuleSpec spec;
  spec.name = numbered('r', number);
  spec.priority = static_cast<std::int64_t>(number) + 1;
  return spec;
}

/// Nothing where the recorder refuses the rules.
inline std::optional<RuleSet> compiled(const std::vector<RuleSpec>& specs,
                                       const RecorderKind& recorder) {
  RuleSetBuilder builder(*recorder.recorder, recorder.kind);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  auto built = std::move(builder).build();
  if (built) return std::move(built).value();
  REQUIRE(built.error().code == ErrorCode::rules_refused_by_recorder);
  return std::nullopt;
}

/// Rules as the engine has them and as the twin does.
class CheckedRules {
 public:
  CheckedRules(std::vector<RuleSpec> specs, const RecorderKind& recorder)
      : name_(recorder.name()),
        rules_(compiled(specs, recorder)),
        twin_(std::make_unique<oracle::LinearTwin>(std::move(specs), recorder.choices())) {
    REQUIRE(rules_.has_value() == !twin_->refuses());
  }

  [[nodiscard]] bool refused() const { return !rules_; }
  [[nodiscard]] const RuleSet& rules() const { return *rules_; }
  [[nodiscard]] oracle::LinearTwin& twin() { return *twin_; }

  /// The name of the rule that the twin finds, as the engine calls it.
  [[nodiscard]] std::string expected(const Request& request) {
    const RuleSpec* found = twin_->of(request).rule;
    return found != nullptr ? found->name : rules_->rules()[rules_->fallback_index()].name();
  }

  /// Holds the engine to the twin, and to no allocation. Whether a rule of the document was found.
  bool check(const Request& request, MatchScratch& scratch) {
    const std::size_t allocations = allocation_count();
    const RuleIndex index = rules_->match(request, scratch);
    const bool allocates = allocation_count() != allocations;
    const RuleSpec* expected = twin_->of(request).rule;
    const bool same = index < rules_->rules().size() &&
                      (expected == nullptr ? rules_->is_stand_in(index)
                                           : !rules_->is_stand_in(index) &&
                                                 rules_->rules()[index].name() == expected->name);
    if (!same || allocates) fail(request, index, expected, allocates);
    return expected != nullptr && expected->name != kDefaultRuleName;
  }

 private:
  void fail(const Request& request, RuleIndex index, const RuleSpec* expected, bool allocates) {
    std::string got = "no rule at all";
    if (index < rules_->rules().size()) {
      got = rules_->rules()[index].name();
      for (const RuleSpec& spec : twin_->document()) {
        if (spec.name == got) got = described(spec);
      }
    }
    FAIL(name_ << ", " << twin_->document().size() << " rules\n  " << described(request)
               << "\n  expected " << (expected == nullptr ? "none" : described(*expected))
               << "\n  got      " << got << " at " << index
               << (allocates ? "\n  and it allocates" : ""));
  }

  std::string name_;
  std::optional<RuleSet> rules_;
  std::unique_ptr<oracle::LinearTwin> twin_;
};

}  // namespace dosimeter::test
