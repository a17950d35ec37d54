#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/document.h>

#include "sim/cli/console.h"
#include "sim/failure.h"
#include "sim/report/report.h"

#include <string>
#include <vector>

namespace dosimeter::sim {

/// Rule files, read and compiled for a recorder.
struct LoadedRules {
  RuleSet rules;
  RuleKind kind = RuleKind::central;
  std::vector<rules::DocumentSource> sources;
  std::vector<Warning> warnings;
};

/// Reads rule documents as one; no paths give the Default rule alone. Where their content is wrong
/// all that was found is written to `console`, a line each, but for the last error, which is the
/// Failure (usage). Files that cannot be read are input_output.
[[nodiscard]] Result<LoadedRules, Failure> load_rule_files(const std::vector<std::string>& paths,
                                                           const Recorder& recorder,
                                                           Console& console);

}  // namespace dosimeter::sim
