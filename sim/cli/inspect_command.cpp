#include "sim/cli/inspect_command.h"

#include "sim/cli/inspect_help.h"
#include "sim/cli/inspect_options.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/report_output.h"
#include "sim/cli/rule_files.h"
#include "sim/inspect/inspect_log.h"
#include "sim/inspect/inspection_json.h"
#include "sim/inspect/inspection_text.h"
#include "sim/report/warnings.h"

#include <utility>

namespace dosimeter::sim {
namespace {

std::vector<Warning> warnings_of(const Inspection& inspection, std::vector<Warning> of_rules) {
  std::vector<Warning> warnings = std::move(of_rules);
  if (inspection.partial) {
    warnings.push_back({"partial", "interrupted: this is the part of the log that was read"});
  }
  for (const LogNotice& notice : inspection.notices) {
    warnings.push_back({notice.code, notice.message});
  }
  for (Warning& warning : quality_warnings(inspection.quality)) {
    warnings.push_back(std::move(warning));
  }
  return warnings;
}

Result<ExitCode, Failure> inspect(const InspectOptions& options, Console& console) {
  if (auto failure = check_inputs(options, "simulate inspect --help")) return *failure;
  auto checked = InspectSettings::from_options(options);
  if (!checked) return checked.error();
  InspectSettings settings = std::move(checked).value();
  // What the status is would be asked for by a filter or a table.
  settings.logs.log.reads_status = true;
  const ReportOutput output(options.output);
  if (auto failure = output.check(input_paths(options, settings.logs.paths))) return *failure;
  auto loaded = load_rule_files(options.rules, settings.recorder, console);
  if (!loaded) return loaded.error();
  LoadedRules rules = std::move(loaded).value();

  const InspectConfig config{rules.rules, settings.logs, settings.defaults, settings.shown_rows};
  const InterruptGuard interrupt;
  auto inspected = [&] {
    ProgressLine line(console);
    return inspect_log(config, {[&](const ReplayProgress& progress) { line.update(progress); },
                                [&] { return interrupt.interrupted(); }});
  }();
  if (!inspected) return inspected.error();
  const Inspection inspection = std::move(inspected).value();
  const auto warnings = warnings_of(inspection, std::move(rules.warnings));
  const std::string text = settings.format == ReportFormat::json
                               ? write_inspection_json(inspection, warnings)
                               : write_inspection_text(inspection, warnings);
  if (auto failure = output.write(text, console)) return *failure;
  return inspection.partial ? ExitCode::input_output : ExitCode::done;
}

}  // namespace

Result<ExitCode, Failure> inspect_command(std::span<const std::string> arguments,
                                          Console& console) {
  auto options = parse_inspect_options(arguments);
  if (!options) return options.error();
  if (options.value().help) {
    if (auto failure = console.print(kInspectHelpText)) return *std::move(failure);
    return ExitCode::done;
  }
  return inspect(options.value(), console);
}

}  // namespace dosimeter::sim
