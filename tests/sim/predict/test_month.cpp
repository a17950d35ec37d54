#include "sim/predict/month.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/catch.h"

#include <cmath>
#include <limits>

namespace dosimeter::sim {
namespace {

Rate rate(double fraction) {
  return Rate::from(fraction).value();
}

constexpr double kMonthHours = 744;
constexpr double kMonthSeconds = kMonthHours * 3600;

TEST_CASE("month: a log of exactly a month is its own month") {
  const RuleTakes rules[] = {{{28'484, 18'390}, rate(0.1)}, {{4'524, 2'564}, rate(0.05)}};
  const RecordedDistribution log = recorded_by(rules);
  const std::optional<Month> month = flat_month(rules, kMonthSeconds, kMonthHours);
  REQUIRE(month.has_value());
  CHECK(month->factor == 1);
  CHECK(month->expected == log.expected());
  CHECK(month->standard_deviation == Approx(log.standard_deviation()).epsilon(1e-15));
  for (const double q : {0.025, 0.5, 0.975})
    CHECK(month->distribution.quantile(q) == log.quantile(q));
}

TEST_CASE("month: the mean grows with the factor, the deviation with its root, up or down") {
  const RuleTakes rules[] = {{{7, 1'001}, rate(0.1)}, {{3, 333}, rate(0.05)}, {{11, 0}, rate(1)}};
  const RecordedDistribution log = recorded_by(rules);
  for (const double factor : {0.01, 0.3, 0.5, 1.0, 1.5, 24.0, 744.0, 1e6}) {
    const std::optional<Month> month = flat_month(rules, kMonthSeconds / factor, kMonthHours);
    INFO("factor " << factor);
    REQUIRE(month.has_value());
    CHECK(month->factor == Approx(factor).epsilon(1e-15));
    CHECK(month->expected == Approx(factor * log.expected()).epsilon(1e-14));
    CHECK(month->standard_deviation ==
          Approx(std::sqrt(factor) * log.standard_deviation()).epsilon(1e-14));
    // Rounding moves the distribution's own mean by half a request taken and half a draw for each
    // rule.
    CHECK(std::abs(month->distribution.expected() - month->expected) <= 2);
  }
}

TEST_CASE("month: counts are rounded rule by rule, halves up") {
  // Half of 5, 7 and of 3, 9: 3 + Binomial(4, 0.1) and 2 + Binomial(5, 0.3).
  const RuleTakes rules[] = {{{5, 7}, rate(0.1)}, {{3, 9}, rate(0.3)}};
  const std::optional<Month> month = flat_month(rules, 2 * kMonthSeconds, kMonthHours);
  REQUIRE(month.has_value());
  oracle::SlowDistribution slow(5);
  slow.add_draws(4, 0.1);
  slow.add_draws(5, 0.3);
  CHECK(month->distribution.expected() == Approx(static_cast<double>(slow.expected())));
  CHECK(month->distribution.variance() == Approx(static_cast<double>(slow.variance())));
  CHECK(month->distribution.quantile(0) == 5);
  CHECK(month->distribution.quantile(1) == 14);
  for (double threshold = 4; threshold < 15; threshold += 0.5) {
    CHECK(month->distribution.expected_above(threshold) ==
          Approx(static_cast<double>(slow.expected_above(threshold))).epsilon(1e-12).margin(1e-15));
  }
}

TEST_CASE("month: there is none without a span, or past any count") {
  const RuleTakes rules[] = {{{5, 7}, rate(0.1)}};
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK_FALSE(flat_month(rules, 0, kMonthHours).has_value());
  CHECK_FALSE(flat_month(rules, -1, kMonthHours).has_value());
  CHECK_FALSE(flat_month(rules, kInfinity, kMonthHours).has_value());
  CHECK_FALSE(flat_month(rules, std::nan(""), kMonthHours).has_value());
  CHECK_FALSE(flat_month(rules, 1e-300, kMonthHours).has_value());
  const RuleTakes many[] = {{{1'000'000'000'000, 9'000'000'000'000}, rate(0.1)}};
  CHECK_FALSE(flat_month(many, 1, kMonthHours).has_value());
  CHECK(flat_month(many, 3'600, kMonthHours).has_value());
}

TEST_CASE("month: a log without requests is a month without traces") {
  const std::optional<Month> month = flat_month({}, 60, kMonthHours);
  REQUIRE(month.has_value());
  CHECK(month->expected == 0);
  CHECK(month->distribution.quantile(0.975) == 0);
}

}  // namespace
}  // namespace dosimeter::sim
