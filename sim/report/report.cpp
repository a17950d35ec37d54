#include "sim/report/report.h"

#include "sim/report/warnings.h"

namespace dosimeter::sim {

Report make_report(RuleSet rules, ReportContext context, ReplayResult replay,
                   PredictionSettings settings) {
  PredictionInput input;
  input.settings = settings;
  if (replay.span) input.span_seconds = replay.span->seconds();
  for (std::size_t i = 0; i < replay.rules.size(); ++i) {
    const Rule& rule = rules.rules()[i];
    input.rules.push_back(
        {replay.rules[i].matched, replay.rules[i].load, rule.reservoir_size(), rule.fixed_rate()});
  }
  Report report{std::move(rules),
                context.kind,
                std::move(context.rule_sources),
                std::move(context.log_sources),
                1,
                std::move(replay),
                std::move(settings),
                predict(input),
                std::move(context.rule_warnings)};
  for (Warning& warning : replay_warnings(report.rules, report.replay)) {
    report.warnings.push_back(std::move(warning));
  }
  return report;
}

}  // namespace dosimeter::sim
