#include "sim/predict/cost.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/catch.h"

#include <cmath>

namespace dosimeter::sim {
namespace {

Prices prices(std::uint64_t free, double per_million) {
  Prices result = builtin_prices();
  result.free_per_month = free;
  result.price_per_million = per_million;
  return result;
}

TEST_CASE("cost: the worked example of AWS's price page") {
  // 2,000 requests an hour, 24 hours, 31 days, 10 %: 148,800 traces, of which 48,800 cost 0.244
  // dollars.
  CHECK(bill(148'800, builtin_prices(), 0) == Approx(0.244).epsilon(1e-14));
  const RecordedDistribution month(0, {{1'488'000, 0.1}});
  const MonthlyCost cost = monthly_cost(month, builtin_prices(), 0, 0.95);
  CHECK(cost.expected == Approx(0.244).epsilon(1e-12));
  // 148,083 and 149,518 traces: quantiles of Binomial(1,488,000, 0.1) by mpmath, see
  // test_recorded_distribution.cpp.
  CHECK(cost.low == Approx(0.240415).epsilon(1e-12));
  CHECK(cost.high == Approx(0.24759).epsilon(1e-12));
}

TEST_CASE("cost: the free traces end where they end") {
  CHECK(bill(0, builtin_prices(), 0) == 0);
  CHECK(bill(100'000, builtin_prices(), 0) == 0);
  CHECK(bill(100'001, builtin_prices(), 0) == Approx(0.000005));
  CHECK(bill(100'000, builtin_prices(), 40'000) == Approx(0.2));
  CHECK(bill(100'000, builtin_prices(), 100'000) == Approx(0.5));
  CHECK(bill(100'000, builtin_prices(), ~0ULL) == Approx(0.5));
  CHECK(bill(1e6, prices(0, 2), 5) == Approx(2));
}

TEST_CASE("cost: near the end of the free traces the expected bill is not the expected count's") {
  const RecordedDistribution month(20, {{400, 0.2}});
  oracle::SlowDistribution slow(20);
  slow.add_draws(400, 0.2);
  for (std::uint64_t free = 0; free <= 200; ++free) {
    const MonthlyCost cost = monthly_cost(month, prices(free, 1e6), 0, 0.9);
    const double expected = static_cast<double>(slow.expected_above(static_cast<double>(free)));
    INFO("free " << free);
    CHECK(std::abs(cost.expected - expected) <= 1e-12 * (1 + expected));
    CHECK(cost.expected >= bill(month.expected(), prices(free, 1e6), 0) - 1e-12);
  }
  // At the mean, half the normal distribution's mean deviation: 8 / sqrt(2 pi) = 3.19.
  CHECK(monthly_cost(month, prices(100, 1e6), 0, 0.9).expected == Approx(3.19).epsilon(0.002));
  CHECK(bill(month.expected(), prices(100, 1e6), 0) == 0);
}

TEST_CASE("cost: a part of the free traces used elsewhere is gone") {
  const RecordedDistribution month(20, {{400, 0.2}});
  const MonthlyCost all = monthly_cost(month, prices(90, 1e6), 0, 0.9);
  const MonthlyCost rest = monthly_cost(month, prices(120, 1e6), 30, 0.9);
  CHECK(all.expected == rest.expected);
  CHECK(all.low == rest.low);
  CHECK(all.high == rest.high);
  CHECK(monthly_cost(month, prices(120, 1e6), 500, 0.9).expected == Approx(100));
}

}  // namespace
}  // namespace dosimeter::sim
