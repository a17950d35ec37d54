#include "sim/cli/explain_command.h"

#include "sim/cli/explain_help.h"
#include "sim/cli/explain_options.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/rule_files.h"
#include "sim/explain/all_recorders.h"
#include "sim/explain/answer.h"
#include "sim/explain/explanation_json.h"
#include "sim/explain/explanation_text.h"
#include "sim/explain/request_file.h"
#include "sim/explain/why_not.h"

namespace dosimeter::sim {
namespace {

using Text = Result<std::string, Failure>;

std::string warnings_text(const std::vector<Warning>& warnings) {
  std::string text = warnings.empty() ? "" : "\n";
  for (const Warning& warning : warnings) text += "warning: " + warning.message + "\n";
  return text;
}

Text compare_recorders(const ExplainOptions& options, const RuleDocument& document) {
  const auto rows = ask_all_recorders(document.rules, document.kind, options.question,
                                      *options.recorder, [&](const Recorder& recorder) {
                                        const auto failure = refusal(document, recorder);
                                        return failure ? failure->message : std::string();
                                      });
  if (!rows) return rows.error();
  if (options.format == AnswerFormat::json) {
    return write_recorders_json(rows.value(), document.warnings);
  }
  return write_recorder_table(rows.value()) + warnings_text(document.warnings);
}

Text explain_one(const ExplainOptions& options, const RuleDocument& document,
                 const RecorderRules& rules) {
  const Answer answer = Answer::of(rules, options.question);
  std::optional<WhyNotAnswer> reason;
  if (options.why_not) {
    auto found = why_not(answer, document.rules, *options.why_not);
    if (!found) return found.error();
    reason = std::move(found).value();
  }
  if (options.format == AnswerFormat::json) {
    return write_explanation_json(answer, reason, document.warnings);
  }
  return (reason ? write_why_not_text(answer, *reason) : write_explanation_text(answer)) +
         warnings_text(document.warnings);
}

std::optional<Failure> explain_file(const ExplainOptions& options, const RuleDocument& document,
                                    const RecorderRules& rules, Console& console) {
  // Not part of the answers: each of them is a line for a program.
  for (const Warning& warning : document.warnings) console.complain("warning: " + warning.message);
  const InterruptGuard interrupt;
  auto failure = answer_requests(
      *options.requests, rules, options.format,
      [&](std::string_view text) { return console.print(text); },
      [&] { return console.reader_is_gone() || interrupt.interrupted(); });
  if (!failure && interrupt.interrupted()) {
    return Failure{ExitCode::input_output, "interrupted: what was read has been answered"};
  }
  return failure;
}

}  // namespace

Result<ExitCode, Failure> explain_command(std::span<const std::string> arguments,
                                          Console& console) {
  auto parsed = ExplainOptions::parse(arguments);
  if (!parsed) return parsed.error();
  const ExplainOptions& options = parsed.value();
  if (options.help) {
    if (auto failure = console.print(kExplainHelpText)) return *std::move(failure);
    return ExitCode::done;
  }
  const auto read = read_rule_files(options.rules, console);
  if (!read) return read.error();
  const RuleDocument& document = read.value();

  Text text = std::string();
  if (options.all_recorders) {
    text = compare_recorders(options, document);
  } else {
    if (auto failure = refusal(document, *options.recorder)) return *std::move(failure);
    const auto rules = RecorderRules::compile(document.rules, document.kind, *options.recorder);
    if (!rules) return rules.error();
    if (options.requests) {
      if (auto failure = explain_file(options, document, rules.value(), console)) {
        return *std::move(failure);
      }
      return ExitCode::done;
    }
    text = explain_one(options, document, rules.value());
  }
  if (!text) return text.error();
  if (auto failure = console.print(text.value())) return *std::move(failure);
  return ExitCode::done;
}

}  // namespace dosimeter::sim
