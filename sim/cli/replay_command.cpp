#include "sim/cli/replay_command.h"

#include "sim/cli/interrupt.h"
#include "sim/cli/progress_line.h"
#include "sim/cli/replay_settings.h"
#include "sim/cli/report_output.h"
#include "sim/cli/rule_files.h"
#include "sim/log/byte_source.h"
#include "sim/report/json_writer.h"
#include "sim/report/number_text.h"
#include "sim/report/text_writer.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

/// Every file that is read, as often as it is named.
std::vector<std::string> input_paths(const ReplayOptions& options) {
  std::vector<std::string> paths = options.rules;
  paths.insert(paths.end(), options.logs.begin(), options.logs.end());
  if (options.prices) paths.push_back(*options.prices);
  return paths;
}

std::optional<Failure> check_inputs(const ReplayOptions& options) {
  if (options.logs.empty()) {
    return Failure{ExitCode::usage, "--log is missing: name a request log, or see simulate --help"};
  }
  const std::vector<std::string> paths = input_paths(options);
  if (std::count(paths.begin(), paths.end(), kStandardInput) > 1) {
    return Failure{ExitCode::usage, "standard input can be read once, got - more than once"};
  }
  for (auto log = options.logs.begin(); log != options.logs.end(); ++log) {
    if (std::find(options.logs.begin(), log, *log) == log) continue;
    return Failure{ExitCode::usage,
                   "--log must name a file once, got " + name_in_sentence(*log) + " twice"};
  }
  return std::nullopt;
}

/// Names for the report, fit for a terminal.
std::vector<std::string> shown_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const std::string& path : paths) names.push_back(name_in_place(path));
  return names;
}

}  // namespace

Result<ExitCode, Failure> replay_command(const ReplayOptions& options, Console& console) {
  if (auto failure = check_inputs(options)) return *failure;
  auto checked = ReplaySettings::from_options(options);
  if (!checked) return checked.error();
  ReplaySettings settings = std::move(checked).value();
  const ReportOutput output(options.output);
  if (auto failure = output.check(input_paths(options))) return *failure;
  auto loaded = load_rule_files(options.rules, settings.recorder, console);
  if (!loaded) return loaded.error();
  LoadedRules rules = std::move(loaded).value();

  const ReplayConfig config{
      rules.rules,
      {options.logs, settings.log, settings.from, settings.to, options.strict},
      settings.defaults,
      settings.reorder_bytes};
  const InterruptGuard interrupt;
  auto replayed = [&] {
    ProgressLine line(console);
    return replay(config, {[&](const ReplayProgress& progress) { line.update(progress); },
                           [&] { return interrupt.interrupted(); }});
  }();
  if (!replayed) return replayed.error();

  const Report report = make_report(
      rules.rules,
      {rules.kind, std::move(rules.sources), shown_names(options.logs), std::move(rules.warnings)},
      std::move(replayed).value(), settings.prediction);
  const std::string text =
      settings.format == ReportFormat::json ? write_json(report) : write_text(report);
  if (auto failure = output.write(text, console)) return *failure;
  return report.replay.partial ? ExitCode::input_output : ExitCode::done;
}

}  // namespace dosimeter::sim
