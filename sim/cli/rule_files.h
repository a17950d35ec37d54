#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/document.h>

#include "sim/cli/console.h"
#include "sim/failure.h"
#include "sim/report/report.h"

#include <optional>
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

/// Rule files, read but not compiled for any recorder.
struct LoadedDocument {
  rules::RuleDocument document;
  std::vector<Warning> warnings;
};

/// Reads rule documents as one; no paths give an empty central one. Where their content is wrong
/// all that was found is written to `console`, a line each, but for the last error, which is the
/// Failure (usage). Files that cannot be read are input_output.
[[nodiscard]] Result<LoadedDocument, Failure> load_rule_document(
    const std::vector<std::string>& paths, Console& console);

/// Why that recorder cannot have rules of that kind at all (usage); nothing where it can.
[[nodiscard]] std::optional<Failure> check_rule_kind(const Recorder& recorder, RuleKind kind);

/// The same, compiled; no paths give the Default rule alone. A recorder that knows no local
/// documents or refuses the rules is a Failure (usage) as well.
[[nodiscard]] Result<LoadedRules, Failure> load_rule_files(const std::vector<std::string>& paths,
                                                           const Recorder& recorder,
                                                           Console& console);

}  // namespace dosimeter::sim
