#pragma once

#include <dosimeter/explanation.h>
#include <dosimeter/recorder.h>
#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>

#include "sim/explain/question.h"
#include "sim/explain/seen_request.h"
#include "sim/failure.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Rules as one recorder has them.
struct RecorderRules {
  /// Of the table.
  const Recorder* recorder = nullptr;
  RuleKind kind = RuleKind::central;
  /// Nothing where the recorder cannot have them.
  std::optional<RuleSet> set;
  /// Why it cannot; empty where it can.
  std::string refusal;

  /// A recorder that refuses the rules, or knows none of their kind, is no failure. Errors (usage):
  /// rules that no recorder could have.
  [[nodiscard]] static Result<RecorderRules, Failure> compile(std::span<const Rule> rules,
                                                              RuleKind kind,
                                                              const Recorder& recorder);
};

/// What one recorder makes of a question. Views of both: they must outlive it.
struct Answer {
  const RecorderRules* rules = nullptr;
  std::unique_ptr<const SeenRequest> seen;
  /// As if the trace header had not decided. Empty where the recorder has no rules.
  Explanation explanation;

  [[nodiscard]] static Answer of(const RecorderRules& rules, const Question& question);

  [[nodiscard]] const Recorder& recorder() const noexcept { return *rules->recorder; }
  /// The rule that has the request, or nullptr: none has, or the recorder breaks.
  [[nodiscard]] const Rule* selected() const noexcept;
  [[nodiscard]] UpstreamDecision upstream() const noexcept { return seen->request().upstream; }
  /// Whether the recorder puts the request to its rules.
  [[nodiscard]] bool asks_rules() const noexcept;
  /// What goes wrong in the recorder itself, if anything does: it refuses the rules, or a rule ends
  /// it. In full, fit for a terminal.
  [[nodiscard]] std::optional<std::string> error() const;
};

/// The name of a rule for a line of text, with a local rule's description; long ones are cut.
[[nodiscard]] std::string shown_name(const Rule& rule);

}  // namespace dosimeter::sim
