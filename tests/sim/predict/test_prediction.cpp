#include "sim/predict/prediction.h"
#include "sim/predict/recorded_distribution.h"
#include "tests/support/catch.h"

#include <cmath>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Of a histogram that outlives it.
RuleTraffic traffic(const LoadHistogram& load, std::uint64_t reservoir_size, double rate) {
  return {load.requests(), load.entries(), reservoir_size, Rate::from(rate).value()};
}

TEST_CASE("prediction: the defaults") {
  const PredictionSettings settings;
  CHECK(settings.confidence == 0.95);
  CHECK(settings.month_hours == 744);
  CHECK(settings.free_tier_used == 0);
  CHECK(settings.prices.price_per_million == 5.0);
}

TEST_CASE("prediction: 2,000 requests an hour for 31 days are 148,800 traces and 0.244 dollars") {
  // Evenly: one request in 2,000 of an hour's seconds.
  LoadHistogramBuilder builder;
  for (std::int64_t hour = 0; hour < 744; ++hour) builder.add(hour, 1, 2'000);
  const LoadHistogram load = std::move(builder).build();
  const Prediction prediction =
      predict({{traffic(load, 0, 0.1)}, 744.0 * 3600, PredictionSettings{}});
  CHECK(prediction.method == Method::exact);
  CHECK(prediction.total.matched == 1'488'000);
  CHECK(prediction.total.reservoir_taken == 0);
  CHECK(prediction.total.rate_candidates == 1'488'000);
  CHECK(prediction.total.recorded.expected == 148'800);
  REQUIRE(prediction.month.has_value());
  CHECK(prediction.month->recorded.expected == 148'800);
  CHECK(prediction.month->usd.expected == Approx(0.244).epsilon(1e-12));
  CHECK(prediction.month->recorded.sampling.low == 148'083);
  CHECK(prediction.month->recorded.sampling.high == 149'518);
  REQUIRE(prediction.rules.at(0).usd_per_month.has_value());
  CHECK(*prediction.rules[0].usd_per_month == prediction.month->usd.expected);
}

/// Loads that give the takes of a known log: seconds of six requests against a reservoir of five
/// refuse one each, and so on.
Prediction known_log(std::optional<double> span_seconds) {
  // Reservoir 5: 28,484 taken and 18,390 refused. 28,484 = 5 * 5,000 + 4 * 871; 18,390 = 3,390 * 3
  // + 1,610 * 5 + 170.
  const LoadHistogram cruddur = {{0, 8, 3'390}, {0, 4, 871}, {7, 10, 1'609}, {7, 180, 1}};
  // Reservoir 1: 4,524 taken and 2,564 refused.
  const LoadHistogram rest = {{0, 1, 3'242}, {0, 3, 1'282}};
  return predict({{traffic(cruddur, 5, 0.1), traffic(rest, 1, 0.05)}, span_seconds, {}});
}

TEST_CASE("prediction: two rules, their figures and those of their sum") {
  const Prediction prediction = known_log(std::nullopt);
  REQUIRE(prediction.rules.size() == 2);
  const PredictedTraces& first = prediction.rules[0].traces;
  CHECK(first.matched == 46'874);
  CHECK(first.reservoir_taken == 28'484);
  CHECK(first.rate_candidates == 18'390);
  CHECK(first.rate_taken == 1'839);
  CHECK(first.recorded.expected == Approx(30'323.0).epsilon(1e-14));
  CHECK(std::abs(first.recorded.standard_deviation - 40.683) < 0.0005);
  CHECK_FALSE(first.recorded.standard_error.has_value());
  // mpmath: the quantiles of Binomial(18,390, 0.1) are 1,760 and 1,919.
  CHECK(first.recorded.low == 28'484 + 1'760);
  CHECK(first.recorded.high == 28'484 + 1'919);

  const PredictedTraces& second = prediction.rules[1].traces;
  CHECK(second.matched == 7'088);
  CHECK(second.reservoir_taken == 4'524);
  CHECK(second.recorded.expected == Approx(4'652.2).epsilon(1e-14));
  CHECK(second.recorded.low == 4'524 + 107);
  CHECK(second.recorded.high == 4'524 + 150);

  CHECK(prediction.total.matched == 53'962);
  CHECK(prediction.total.reservoir_taken == 33'008);
  CHECK(prediction.total.rate_candidates == 20'954);
  CHECK(prediction.total.rate_taken == Approx(1'839 + 128.2).epsilon(1e-15));
  CHECK(prediction.total.recorded.expected == Approx(34'975.2).epsilon(1e-14));
  CHECK(std::abs(prediction.total.recorded.standard_deviation - 42.153) < 0.0005);
  // Narrower than the sum of the rules' intervals.
  CHECK(prediction.total.recorded.low > first.recorded.low + second.recorded.low);
  CHECK(prediction.total.recorded.high < first.recorded.high + second.recorded.high);
  CHECK(prediction.method == Method::exact);
  CHECK_FALSE(prediction.month.has_value());
  CHECK(prediction.no_month == NoMonth::no_span);
  CHECK_FALSE(prediction.rules[0].usd_per_month.has_value());
}

TEST_CASE("prediction: the month's bill is shared by expected traces") {
  const Prediction prediction = known_log(86'400);
  REQUIRE(prediction.month.has_value());
  CHECK_FALSE(prediction.no_month.has_value());
  const double factor = 31;
  CHECK(prediction.month->recorded.expected == Approx(factor * 34'975.2).epsilon(1e-14));
  CHECK(prediction.month->standard_deviation ==
        Approx(std::sqrt(factor) * prediction.total.recorded.standard_deviation).epsilon(1e-13));
  const RecordedDistribution month(31 * 33'008, {{31 * 18'390, 0.1}, {31 * 2'564, 0.05}});
  CHECK(prediction.month->recorded.sampling.low == static_cast<double>(month.quantile(0.025)));
  CHECK(prediction.month->recorded.sampling.high == static_cast<double>(month.quantile(0.975)));
  const double usd = prediction.month->usd.expected;
  CHECK(usd == Approx((factor * 34'975.2 - 100'000) * 5e-6).epsilon(1e-12));
  CHECK(*prediction.rules[0].usd_per_month == Approx(usd * 30'323.0 / 34'975.2).epsilon(1e-13));
  CHECK(*prediction.rules[0].usd_per_month + *prediction.rules[1].usd_per_month ==
        Approx(usd).epsilon(1e-14));
  CHECK_FALSE(prediction.month->recorded.model.has_value());
  CHECK_FALSE(prediction.month->usd.traffic.has_value());
}

TEST_CASE("prediction: what the rate takes is the rate's share itself, not a difference") {
  const LoadHistogram load = {{0, 2, 1}};
  const PredictedTraces traces = predict({{traffic(load, 1, 0.05)}, std::nullopt, {}}).total;
  CHECK(traces.reservoir_taken == 1);
  CHECK(traces.rate_taken == 0.05);
  CHECK(traces.recorded.expected - traces.reservoir_taken != 0.05);
}

TEST_CASE("prediction: a month that is not there has its reason") {
  const LoadHistogram load = {{0, std::uint64_t{1} << 53, 1}};
  const Prediction most = predict({{traffic(load, 0, 1)}, 86'400.0, {}});
  CHECK(most.total.matched == 9'007'199'254'740'992);
  CHECK(most.total.recorded.expected == 9'007'199'254'740'992.0);
  REQUIRE(most.month.has_value());
  CHECK(most.month->recorded.expected == 31 * 9'007'199'254'740'992.0);

  const Prediction too_many = predict({{traffic(load, 0, 1)}, 60.0, {}});
  CHECK_FALSE(too_many.month.has_value());
  CHECK(too_many.no_month == NoMonth::too_many_requests);
  CHECK_FALSE(too_many.rules[0].usd_per_month.has_value());
  CHECK(predict({{traffic(load, 0, 1)}, 0.0, {}}).no_month == NoMonth::no_span);
}

TEST_CASE("prediction: an expansion anywhere makes the whole approximate") {
  const LoadHistogram busy = {{0, 1'000'000, 3'600}};
  CHECK(predict({{traffic(busy, 1, 0.5)}, std::nullopt, {}}).method == Method::approximate);
  CHECK(predict({{traffic(busy, 1, 1)}, 3'600.0, {}}).method == Method::exact);
  // The log's deviation is 6,900, the month's 27 times that.
  const LoadHistogram hour = {{0, 278'000, 3'600}};
  CHECK(predict({{traffic(hour, 1, 0.05)}, std::nullopt, {}}).method == Method::exact);
  CHECK(predict({{traffic(hour, 1, 0.05)}, 3'600.0, {}}).method == Method::approximate);
}

TEST_CASE("prediction: no rules, no requests, no rate") {
  const Prediction none = predict({{}, std::nullopt, {}});
  CHECK(none.rules.empty());
  CHECK(none.total.recorded.high == 0);
  CHECK(none.method == Method::exact);

  const LoadHistogram empty;
  const Prediction idle = predict({{traffic(empty, 5, 0.1), traffic(empty, 1, 0)}, 60.0, {}});
  REQUIRE(idle.month.has_value());
  CHECK(idle.month->usd.expected == 0);
  CHECK(*idle.rules[0].usd_per_month == 0);
  CHECK(idle.rules[1].traces.recorded.low == 0);
}

}  // namespace
}  // namespace dosimeter::sim
