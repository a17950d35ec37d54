#pragma once

#include <dosimeter/result.h>

#include "sim/explain/answer.h"
#include "sim/failure.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// One recorder's answer beside that of a chosen one.
struct RecorderRow {
  /// What `answer` views.
  std::unique_ptr<const RecorderRules> rules;
  Answer answer;
  bool is_chosen = false;
  /// Whether it comes to the same as the chosen recorder.
  bool is_same = true;
  /// What makes the difference, one line: the first field that does with the text that this
  /// recorder sees, or what else it is. Empty where it is the same.
  std::string reason;
};

/// Why a recorder would not take the document that the rules are of; empty where it would.
using DocumentRefusal = std::function<std::string(const Recorder&)>;

/// Every recorder of the table. `question` must outlive the rows. Errors (usage): rules that no
/// recorder could have.
[[nodiscard]] Result<std::vector<RecorderRow>, Failure> ask_all_recorders(
    std::span<const Rule> rules, RuleKind kind, const Question& question, const Recorder& chosen,
    const DocumentRefusal& refusal = [](const Recorder&) { return std::string(); });

/// Who would select what: a line for each recorder, the chosen one marked.
[[nodiscard]] std::string write_recorder_table(const std::vector<RecorderRow>& rows);

}  // namespace dosimeter::sim
