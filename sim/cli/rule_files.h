#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>
#include <dosimeter/rule.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/document.h>
#include <dosimeter/rules/load.h>

#include "sim/cli/console.h"
#include "sim/failure.h"
#include "sim/report/report.h"

#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// Rule files, read: the rules in the order of the documents.
struct RuleDocument {
  std::vector<Rule> rules;
  RuleKind kind = RuleKind::central;
  std::vector<rules::DocumentSource> sources;
  std::vector<Warning> warnings;
  /// Of a local document, of which there is never more than one: its text.
  std::string local_text;
};

/// All that is wrong with documents that hold no rules: a line each on `console`, warnings first,
/// but for the last error, which is the Failure (usage). REQUIRES: !loaded.ok().
[[nodiscard]] Failure tell_problems(const rules::LoadResult& loaded, Console& console);

/// Reads rule documents as one; no paths give no rules. Where their content is wrong all that was
/// found is written to `console`, a line each, but for the last error, which is the Failure
/// (usage). Files that cannot be read are input_output.
[[nodiscard]] Result<RuleDocument, Failure> read_rule_files(const std::vector<std::string>& paths,
                                                            Console& console);

/// Why a recorder does not sample by the document (usage): it knows none of the kind, or does not
/// accept this one. Nothing where it does.
[[nodiscard]] std::optional<Failure> refusal(const RuleDocument& document,
                                             const Recorder& recorder);

/// The document's rules as a recorder has them. Fails (usage) where it refuses them, or would load
/// none of them.
[[nodiscard]] Result<RuleSet, Failure> compile_rules(const RuleDocument& document,
                                                     const Recorder& recorder);

/// Rule files, read and compiled for a recorder.
struct LoadedRules {
  RuleSet rules;
  RuleKind kind = RuleKind::central;
  std::vector<rules::DocumentSource> sources;
  std::vector<Warning> warnings;
};

/// Both in one.
[[nodiscard]] Result<LoadedRules, Failure> load_rule_files(const std::vector<std::string>& paths,
                                                           const Recorder& recorder,
                                                           Console& console);

}  // namespace dosimeter::sim
