#include "sim/report/report.h"

#include "sim/predict/case_predictor.h"
#include "sim/report/boost_bound.h"
#include "sim/report/warnings.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

/// A range that begins with its first figure.
class GrowingRange {
 public:
  void add(double figure) {
    if (!range_) range_ = Range{figure, figure};
    range_->low = std::min(range_->low, figure);
    range_->high = std::max(range_->high, figure);
  }
  [[nodiscard]] const std::optional<Range>& range() const noexcept { return range_; }

 private:
  std::optional<Range> range_;
};

/// Expected traces of the log and of a month, and its bill, over cases.
struct FigureRanges {
  GrowingRange recorded;
  GrowingRange recorded_per_month;
  GrowingRange usd_per_month;

  void add(const Prediction& prediction) {
    recorded.add(prediction.total.recorded.expected);
    if (!prediction.month) return;
    recorded_per_month.add(prediction.month->recorded.expected);
    usd_per_month.add(prediction.month->usd.expected);
  }
};

/// One instance has all there is of a reservoir; several share it in a way that is not known.
bool is_split(const FleetModel& model, const FleetCase& fleet, std::size_t named) {
  return model.has_quotas() && (fleet.by_column ? named : fleet.instances) > 1;
}

FleetLine fleet_line(CasePredictor& predictor, std::uint64_t instances) {
  FleetCase fleet = predictor.model().main_case();
  fleet.instances = instances;
  fleet.by_column = false;
  fleet.quick = true;
  const Prediction prediction = predictor(fleet);
  FleetLine line{instances, prediction.method, prediction.total.recorded, {}, {}, {}};
  if (prediction.month) line.usd_per_month = prediction.month->usd.expected;
  if (!is_split(predictor.model(), fleet, 0)) return line;
  FigureRanges ranges;
  for (const Allocation allocation : kAllocations) {
    // To instances with the same traffic these give the same.
    if (allocation == Allocation::proportional) continue;
    fleet.allocation = allocation;
    ranges.add(predictor(fleet));
  }
  line.recorded_model = ranges.recorded.range();
  line.usd_model = ranges.usd_per_month.range();
  return line;
}

/// What is not known, over all that is assumed of it.
void add_model_ranges(CasePredictor& predictor, Report& report) {
  const FleetModel& model = predictor.model();
  const FleetCase main = model.main_case();
  const bool split = is_split(model, main, report.replay.instances.size());
  FigureRanges all;
  all.add(report.prediction);
  if (split) {
    FigureRanges allocations;
    for (const Allocation allocation : kAllocations) {
      FleetCase fleet = main;
      fleet.allocation = allocation;
      const Prediction prediction =
          allocation == main.allocation ? report.prediction : predictor(fleet);
      allocations.add(prediction);
      all.add(prediction);
    }
    report.allocation_range = allocations.recorded.range();
  }
  if (model.placement_matters()) {
    FigureRanges placements;
    for (const StampPlacement placement : kStampPlacements) {
      FleetCase fleet = main;
      fleet.placement = placement;
      const Prediction prediction =
          placement == main.placement ? report.prediction : predictor(fleet);
      placements.add(prediction);
      all.add(prediction);
    }
    report.placement_range = placements.recorded.range();
  }
  if (!(split || model.placement_matters()) || !report.prediction.month) return;
  report.prediction.month->recorded.model = all.recorded_per_month.range();
  report.prediction.month->usd.model = all.usd_per_month.range();
}

}  // namespace

Report make_report(RuleSet rules, ReportContext context, ReplayResult replay,
                   PredictionSettings settings) {
  Report report{std::move(rules),
                context.kind,
                std::move(context.rule_sources),
                std::move(context.log_sources),
                std::move(context.fleet),
                1,
                std::move(replay),
                std::move(settings),
                {},
                false,
                {},
                {},
                {},
                {},
                std::move(context.rule_warnings)};
  report.scale = context.scale;
  report.instances = report.fleet.has_column()
                         ? std::max<std::uint64_t>(report.replay.instances.size(), 1)
                         : report.fleet.instances;
  CasePredictor predictor(report.rules, report.replay, report.fleet,
                          behaviour_of(report.rules.recorder(), report.fleet.mode), report.settings,
                          context.stop);
  report.prediction = predictor(predictor.model().main_case());
  TakenShares shares = predictor.shares(predictor.model().main_case());
  report.tables = predict_tables(std::move(context.groups), shares, predictor.model().rates());
  // Nobody has seen that traffic, however exact the rest is.
  const auto note_scale = [&](Method& method) {
    if (report.scale.factor != 1) method = Method::simulated;
  };
  note_scale(report.prediction.method);
  if (report.replay.span) {
    if (!context.stop()) add_model_ranges(predictor, report);
    for (const std::uint64_t instances : kTableInstances) {
      if (context.stop()) break;
      report.fleets.push_back(fleet_line(predictor, instances));
      note_scale(report.fleets.back().method);
    }
    if (context.stop() && !report.replay.partial) {
      report.replay.partial = true;
      report.is_cut_short = true;
    }
  }
  report.boosts = boost_bounds(report);
  for (Warning& warning : report_warnings(report)) {
    report.warnings.push_back(std::move(warning));
  }
  return report;
}

}  // namespace dosimeter::sim
