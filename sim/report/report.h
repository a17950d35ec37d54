#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/rules/document.h>

#include "sim/predict/prediction.h"
#include "sim/replay/replay.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// Something the reader of a report has to know before relying on it.
struct Warning {
  /// Stable, snake_case: docs/report.md lists them.
  std::string code;
  /// One line, lower case, no full stop, saying what helps where something does.
  std::string message;
};

/// Everything a writer writes: no writer predicts, and all write the same figures.
struct Report {
  RuleSet rules;
  RuleKind kind = RuleKind::central;
  /// None: the Default rule alone.
  std::vector<rules::DocumentSource> rule_sources;
  /// Names, fit for a terminal.
  std::vector<std::string> log_sources;
  std::uint64_t instances = 1;
  ReplayResult replay;
  PredictionSettings settings;
  Prediction prediction;
  std::vector<Warning> warnings;
};

/// What `make_report` is told beside the figures.
struct ReportContext {
  RuleKind kind = RuleKind::central;
  std::vector<rules::DocumentSource> rule_sources;
  std::vector<std::string> log_sources;
  /// Of the rule documents; put before the others.
  std::vector<Warning> rule_warnings;
};

/// Predicts from what was replayed and gathers what must be warned of. Pure.
[[nodiscard]] Report make_report(RuleSet rules, ReportContext context, ReplayResult replay,
                                 PredictionSettings settings);

}  // namespace dosimeter::sim
