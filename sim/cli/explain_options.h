#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/explain/question.h"
#include "sim/explain/request_file.h"
#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The options of `simulate explain`, checked: what they say goes together, every default is in its
/// place.
struct ExplainOptions {
  bool help = false;
  std::vector<std::string> rules;
  /// Of the table.
  const Recorder* recorder = nullptr;
  Question question;
  /// A file of requests instead of the question's one.
  std::optional<std::string> requests;
  bool all_recorders = false;
  std::optional<std::string> why_not;
  AnswerFormat format = AnswerFormat::text;

  /// Reads no file. Errors: usage.
  [[nodiscard]] static Result<ExplainOptions, Failure> parse(
      std::span<const std::string> arguments);
};

/// Every long option, with its hyphens.
[[nodiscard]] std::vector<std::string> explain_option_names();

}  // namespace dosimeter::sim
