#include "sim/cli/compare_command.h"

#include "sim/cli/compare_help.h"
#include "sim/cli/compare_options.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/report_output.h"
#include "sim/cli/rule_files.h"
#include "sim/compare/compare_replay.h"
#include "sim/compare/comparison.h"
#include "sim/compare/comparison_json.h"
#include "sim/compare/comparison_text.h"
#include "sim/predict/fleet_model.h"

namespace dosimeter::sim {
namespace {

/// The rules as one of the recorders has them; where it has none, that says which.
Result<RuleSet, Failure> compile_for(const RuleDocument& document, const Recorder& recorder) {
  if (auto failure = refusal(document, recorder)) return *std::move(failure);
  auto rules = compile_rules(document, recorder);
  if (rules) return rules;
  return Failure{rules.error().code,
                 "recorder " + std::string(recorder.name) + ": " + rules.error().message};
}

Result<ExitCode, Failure> compare(const CompareOptions& options, Console& console) {
  if (auto failure = check_inputs(options, "simulate compare --help")) return *failure;
  auto checked = CompareSettings::from_options(options);
  if (!checked) return checked.error();
  const CompareSettings settings = std::move(checked).value();
  const ReportOutput output(options.output);
  if (auto failure = output.check(input_paths(options, settings.logs.paths))) return *failure;
  auto read = read_rule_files(options.rules, console);
  if (!read) return read.error();
  RuleDocument document = std::move(read).value();
  auto a = compile_for(document, settings.a);
  if (!a) return a.error();
  auto b = compile_for(document, settings.b);
  if (!b) return b.error();

  auto fleet_a = settings.fleet.settings_for(document.kind, settings.a);
  if (!fleet_a) return fleet_a.error();
  auto fleet_b = settings.fleet.settings_for(document.kind, settings.b);
  if (!fleet_b) return fleet_b.error();
  const bool any_is_central =
      fleet_a.value().mode == RuleKind::central || fleet_b.value().mode == RuleKind::central;
  if (auto failure = check_quota_options(settings.fleet, any_is_central)) return *failure;

  const bool keep_arrivals =
      needs_arrivals(behaviour_of(settings.a, fleet_a.value().mode), fleet_a.value()) ||
      needs_arrivals(behaviour_of(settings.b, fleet_b.value().mode), fleet_b.value());
  if (keep_arrivals) {
    if (auto failure = check_instances(fleet_a.value(), a.value().rules().size())) return *failure;
  }
  const CompareConfig config{
      std::move(document.rules), a.value(),    b.value(), settings.logs, settings.defaults,
      settings.reorder_bytes,    keep_arrivals};
  const InterruptGuard interrupt;
  auto compared = [&] {
    ProgressLine line(console);
    return compare_replay(config, {[&](const ReplayProgress& progress) { line.update(progress); },
                                   [&] { return interrupt.interrupted(); }});
  }();
  if (!compared) return compared.error();

  const Comparison comparison =
      make_comparison(config.a, config.b,
                      {document.kind,
                       std::move(document.sources),
                       shown_names(settings.logs.paths),
                       std::move(document.warnings),
                       std::move(fleet_a).value(),
                       [&] { return interrupt.interrupted(); },
                       {},
                       settings.logs.scale},
                      std::move(fleet_b).value(), std::move(compared).value(), settings.prediction);
  const std::string text = settings.format == ReportFormat::json
                               ? write_comparison_json(comparison)
                               : write_comparison_text(comparison);
  if (auto failure = output.write(text, console)) return *failure;
  return comparison.partial() ? ExitCode::input_output : ExitCode::done;
}

}  // namespace

Result<ExitCode, Failure> compare_command(std::span<const std::string> arguments,
                                          Console& console) {
  auto options = parse_compare_options(arguments);
  if (!options) return options.error();
  if (options.value().help) {
    if (auto failure = console.print(kCompareHelpText)) return *std::move(failure);
    return ExitCode::done;
  }
  return compare(options.value(), console);
}

}  // namespace dosimeter::sim
