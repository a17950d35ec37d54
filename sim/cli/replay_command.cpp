#include "sim/cli/replay_command.h"

#include "sim/breakdown/group_breakdown.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/replay_settings.h"
#include "sim/cli/report_output.h"
#include "sim/cli/rule_files.h"
#include "sim/predict/fleet_model.h"
#include "sim/report/json_writer.h"
#include "sim/report/text_writer.h"

namespace dosimeter::sim {

Result<ExitCode, Failure> replay_command(const ReplayOptions& options, Console& console) {
  if (auto failure = check_inputs(options, "simulate --help")) return *failure;
  auto checked = ReplaySettings::from_options(options);
  if (!checked) return checked.error();
  ReplaySettings settings = std::move(checked).value();
  const ReportOutput output(options.output);
  if (auto failure = output.check(input_paths(options, settings.logs.paths))) return *failure;
  auto loaded = load_rule_files(options.rules, settings.recorder, console);
  if (!loaded) return loaded.error();
  LoadedRules rules = std::move(loaded).value();

  auto fleet = settings.fleet.settings_for(rules.kind, settings.recorder);
  if (!fleet) return fleet.error();
  const bool central = fleet.value().mode == RuleKind::central;
  if (auto failure = check_quota_options(settings.fleet, central)) return *failure;

  const bool keep_arrivals =
      needs_arrivals(behaviour_of(settings.recorder, fleet.value().mode), fleet.value());
  if (keep_arrivals) {
    if (auto failure = check_instances(fleet.value(), rules.rules.rules().size())) return *failure;
  }
  const auto groups =
      settings.tables.any() ? std::make_shared<GroupBreakdown>(settings.tables) : nullptr;
  ReplayConfig config{rules.rules, settings.logs, settings.defaults, settings.reorder_bytes,
                      keep_arrivals};
  if (groups) config.breakdowns.push_back(groups);
  const InterruptGuard interrupt;
  auto replayed = [&] {
    ProgressLine line(console);
    return replay(config, {[&](const ReplayProgress& progress) { line.update(progress); },
                           [&] { return interrupt.interrupted(); }});
  }();
  if (!replayed) return replayed.error();

  const Report report = make_report(
      rules.rules,
      {rules.kind, std::move(rules.sources), shown_names(settings.logs.paths),
       std::move(rules.warnings), std::move(fleet).value(), [&] { return interrupt.interrupted(); },
       groups ? std::move(*groups).finish() : GroupedTraffic{}, settings.logs.scale},
      std::move(replayed).value(), settings.prediction);
  const std::string text =
      settings.format == ReportFormat::json ? write_json(report) : write_text(report);
  if (auto failure = output.write(text, console)) return *failure;
  return report.replay.partial ? ExitCode::input_output : ExitCode::done;
}

}  // namespace dosimeter::sim
