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
  const auto month = flat_month(rules, kMonthSeconds, kMonthHours);
  REQUIRE(month.has_value());
  CHECK(month.value().factor == 1);
  CHECK(month.value().expected == log.expected());
  CHECK(month.value().standard_deviation == Approx(log.standard_deviation()).epsilon(1e-15));
  for (const double q : {0.025, 0.5, 0.975})
    CHECK(month.value().distribution.quantile(q) == log.quantile(q));
}

TEST_CASE("month: the mean grows with the factor, the deviation with its root, up or down") {
  const RuleTakes rules[] = {{{7, 1'001}, rate(0.1)}, {{3, 333}, rate(0.05)}, {{11, 0}, rate(1)}};
  const RecordedDistribution log = recorded_by(rules);
  for (const double factor : {0.01, 0.3, 0.5, 1.0, 1.5, 24.0, 744.0, 1e6}) {
    const auto month = flat_month(rules, kMonthSeconds / factor, kMonthHours);
    INFO("factor " << factor);
    REQUIRE(month.has_value());
    CHECK(month.value().factor == Approx(factor).epsilon(1e-15));
    CHECK(month.value().expected == Approx(factor * log.expected()).epsilon(1e-14));
    CHECK(month.value().standard_deviation ==
          Approx(std::sqrt(factor) * log.standard_deviation()).epsilon(1e-14));
    // Rounding moves the distribution's own mean by half a request taken and half a draw for each
    // rule.
    CHECK(std::abs(month.value().distribution.expected() - month.value().expected) <= 2);
  }
}

TEST_CASE("month: counts are rounded rule by rule, halves up") {
  // Half of 5, 7 and of 3, 9: 3 + Binomial(4, 0.1) and 2 + Binomial(5, 0.3).
  const RuleTakes rules[] = {{{5, 7}, rate(0.1)}, {{3, 9}, rate(0.3)}};
  const auto month = flat_month(rules, 2 * kMonthSeconds, kMonthHours);
  REQUIRE(month.has_value());
  oracle::SlowDistribution slow(5);
  slow.add_draws(4, 0.1);
  slow.add_draws(5, 0.3);
  CHECK(month.value().distribution.expected() == Approx(static_cast<double>(slow.expected())));
  CHECK(month.value().distribution.variance() == Approx(static_cast<double>(slow.variance())));
  CHECK(month.value().distribution.quantile(0) == 5);
  CHECK(month.value().distribution.quantile(1) == 14);
  for (double threshold = 4; threshold < 15; threshold += 0.5) {
    CHECK(month.value().distribution.expected_above(threshold) ==
          Approx(static_cast<double>(slow.expected_above(threshold))).epsilon(1e-12).margin(1e-15));
  }
}

TEST_CASE("month: there is none without a span, or past any count") {
  const RuleTakes rules[] = {{{5, 7}, rate(0.1)}};
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double span : {0.0, -1.0, kInfinity, std::nan("")}) {
    const auto none = flat_month(rules, span, kMonthHours);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error() == NoMonth::no_span);
  }
  const RuleTakes many[] = {{{1'000'000'000'000, 9'000'000'000'000}, rate(0.1)}};
  for (const auto& none :
       {flat_month(rules, 1e-300, kMonthHours), flat_month(many, 1, kMonthHours)}) {
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error() == NoMonth::too_many_requests);
  }
  CHECK(flat_month(many, 3'600, kMonthHours).has_value());
}

TEST_CASE("month: figures that come out even are exact") {
  // 9.2 traces in 12 seconds, and what a factor's rounding would turn into 2,053,439.9999999998.
  const RuleTakes twelve[] = {{{8, 7}, rate(0.1)}, {{1, 2}, rate(0.05)}};
  for (double span = 1; span <= 3'000; ++span) {
    INFO("span " << span);
    // One trace a second.
    const auto seconds = static_cast<std::uint64_t>(span);
    const RuleTakes steady[] = {{{seconds, 4 * seconds}, rate(0.5)}};
    const auto month = flat_month(steady, span, kMonthHours);
    REQUIRE(month.has_value());
    CHECK(month.value().expected == 3 * kMonthSeconds);
    CHECK(month.value().standard_deviation == std::sqrt(kMonthSeconds));
    CHECK(month.value().distribution.expected() == 3 * kMonthSeconds);
  }
  CHECK(flat_month(twelve, 12, kMonthHours).value().expected == Approx(2'187'360).epsilon(1e-15));
}

TEST_CASE("month: a log without requests is a month without traces") {
  const auto month = flat_month({}, 60, kMonthHours);
  REQUIRE(month.has_value());
  CHECK(month.value().expected == 0);
  CHECK(month.value().distribution.quantile(0.975) == 0);
}

}  // namespace
}  // namespace dosimeter::sim
