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
    const RuleTally& tally = replay.rules[i];
    input.rules.push_back(
        {tally.matched, tally.load.entries(), rule.reservoir_size(), rule.fixed_rate()});
  }
  Prediction prediction = predict(input);
  Report report{std::move(rules),
                context.kind,
                std::move(context.rule_sources),
                std::move(context.log_sources),
                1,
                std::move(replay),
                std::move(settings),
                std::move(prediction),
                std::move(context.rule_warnings)};
  for (Warning& warning : report_warnings(report)) {
    report.warnings.push_back(std::move(warning));
  }
  return report;
}

}  // namespace dosimeter::sim
