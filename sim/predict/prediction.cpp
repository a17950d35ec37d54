#include "sim/predict/prediction.h"

#include "sim/predict/cost.h"
#include "sim/predict/month.h"
#include "sim/predict/reservoir_takes.h"

#include <algorithm>
#include <cassert>
#include <cmath>

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
  total.borrowed += rule.borrowed;
}

RuleTakes takes_of(const RuleTraffic& rule) {
  if (rule.takes) return {rule.takes->takes, rule.rate, rule.takes->random};
  return {reservoir_takes(rule.load, rule.reservoir_size), rule.rate};
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
  double squared_error = 0;
  for (const RuleTraffic& rule : input.rules) {
    takes.push_back(takes_of(rule));
    const RuleTakes& last = takes.back();
    const double rate = rule.rate.value();
    PredictedTraces traces;
    traces.matched = rule.matched;
    traces.reservoir_taken = last.taken();
    traces.rate_candidates = last.refused();
    traces.rate_taken = traces.rate_candidates * rate;
    traces.recorded = recorded_traces(recorded_by({&last, 1}), settings.confidence);
    if (rule.takes) {
      traces.borrowed = rule.takes->borrowed;
      prediction.method = std::max(prediction.method, rule.takes->method);
    }
    if (last.random && last.random->standard_error) {
      const double error = *last.random->standard_error * (1 - rate);
      traces.recorded.standard_error = error;
      squared_error += error * error;
    }
    add(prediction.total, traces);
    prediction.rules.push_back({traces, std::nullopt});
  }

  assert(prediction.total.reservoir_taken + prediction.total.rate_candidates <= kExactlyCounted);
  const RecordedDistribution total = recorded_by(takes, input.routing_variance);
  prediction.total.recorded = recorded_traces(total, settings.confidence);
  if (prediction.method == Method::simulated) {
    prediction.total.recorded.standard_error =
        input.routing_error.value_or(std::sqrt(squared_error));
  }
  // No rule is noisier than the total, and an expansion is used past a deviation: the total speaks
  // for the rules.
  prediction.method = std::max(prediction.method, method_of(total));

  if (!input.span_seconds) {
    prediction.no_month = NoMonth::no_span;
    return prediction;
  }
  const auto flat = flat_month(takes, *input.span_seconds, settings.month_hours,
                               input.routing_variance, prediction.total.recorded.standard_error);
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
