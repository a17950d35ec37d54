#include "sim/predict/prediction.h"

#include "sim/predict/cost.h"
#include "sim/predict/month.h"
#include "sim/predict/reservoir_takes.h"

#include <algorithm>
#include <cassert>

namespace dosimeter::sim {

namespace {

/// Up to here doubles are the whole numbers without gaps.
constexpr double kExactlyCounted = 9007199254740992.0;

Method method_of(const RecordedDistribution& distribution) {
  return distribution.exact() ? Method::exact : Method::approximate;
}

RecordedTraces recorded_traces(const RecordedDistribution& distribution, double confidence) {
  const CountInterval interval = distribution.interval(confidence);
  return {distribution.expected(), distribution.standard_deviation(), std::nullopt, interval.low,
          interval.high};
}

void add(PredictedTraces& total, const PredictedTraces& rule) {
  total.matched += rule.matched;
  total.reservoir_taken += rule.reservoir_taken;
  total.rate_candidates += rule.rate_candidates;
  total.rate_taken += rule.rate_taken;
}

MonthPrediction month_prediction(const Month& month, const PredictionSettings& settings) {
  const CountInterval traces = month.distribution.interval(settings.confidence);
  const MonthlyCost cost = monthly_cost(month.distribution, settings.prices,
                                        settings.free_tier_used, settings.confidence);
  MonthPrediction prediction;
  prediction.recorded.expected = month.expected;
  prediction.recorded.sampling = {static_cast<double>(traces.low),
                                  static_cast<double>(traces.high)};
  prediction.standard_deviation = month.standard_deviation;
  prediction.usd.expected = cost.expected;
  prediction.usd.sampling = {cost.low, cost.high};
  return prediction;
}

/// Shares by expected recorded traces; nothing recorded costs nothing.
void share_bill(double usd, Prediction& prediction) {
  const double expected = prediction.total.recorded.expected;
  for (RulePrediction& rule : prediction.rules) {
    rule.usd_per_month = expected > 0 ? usd * (rule.traces.recorded.expected / expected) : 0.0;
  }
}

}  // namespace

Prediction predict(const PredictionInput& input) {
  const PredictionSettings& settings = input.settings;
  Prediction prediction;
  std::vector<RuleTakes> takes;
  for (const RuleTraffic& rule : input.rules) {
    takes.push_back({reservoir_takes(rule.load, rule.reservoir_size), rule.rate});
    const RuleTakes& last = takes.back();
    const RecordedDistribution distribution = recorded_by({&last, 1});
    PredictedTraces traces;
    traces.matched = rule.matched;
    traces.reservoir_taken = static_cast<double>(last.takes.taken);
    traces.rate_candidates = static_cast<double>(last.takes.refused);
    traces.rate_taken = traces.rate_candidates * rule.rate.value();
    traces.recorded = recorded_traces(distribution, settings.confidence);
    add(prediction.total, traces);
    prediction.rules.push_back({traces, std::nullopt});
  }

  assert(prediction.total.reservoir_taken + prediction.total.rate_candidates <= kExactlyCounted);
  const RecordedDistribution total = recorded_by(takes);
  prediction.total.recorded = recorded_traces(total, settings.confidence);
  // No rule is noisier than the total, and an expansion is used past a deviation: the total speaks
  // for the rules.
  prediction.method = method_of(total);

  if (!input.span_seconds) {
    prediction.no_month = NoMonth::no_span;
    return prediction;
  }
  const auto flat = flat_month(takes, *input.span_seconds, settings.month_hours);
  if (!flat) {
    prediction.no_month = flat.error();
    return prediction;
  }
  const Month& month = flat.value();
  prediction.month = month_prediction(month, settings);
  prediction.method = std::max(prediction.method, method_of(month.distribution));
  share_bill(prediction.month->usd.expected, prediction);
  return prediction;
}

}  // namespace dosimeter::sim
