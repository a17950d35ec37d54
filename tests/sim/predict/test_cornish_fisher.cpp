#include "sim/predict/cornish_fisher.h"
#include "sim/predict/normal.h"
#include "tests/support/catch.h"

#include <cmath>

namespace dosimeter::sim {
namespace {

TEST_CASE("normal: quantiles have sixteen digits, also far out") {
  // Published to this many digits in every table; mpmath sqrt(2)*erfinv(2q-1), findroot on ncdf for
  // the last.
  CHECK(normal_quantile(0.5) == Approx(0).margin(1e-16));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.025) == Approx(-1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.9995) == Approx(3.290526731491896).epsilon(1e-13));
  CHECK(normal_quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-13));
}

TEST_CASE("normal: the quantile undoes the tail") {
  for (double z = -7.5; z <= 7.5; z += 0.37) {
    const double tail = normal_upper_tail(z);
    INFO("z " << z);
    if (z > 0) CHECK(normal_quantile(tail) == Approx(-z).epsilon(1e-13));
    if (z < 0) CHECK(normal_quantile(normal_upper_tail(-z)) == Approx(z).epsilon(1e-13));
  }
}

TEST_CASE("normal: a distribution without skewness or kurtosis is the normal one") {
  const Moments moments{100, 25, 0, 0};
  CHECK(cornish_fisher_quantile(moments, 0.975) == Approx(100 + 5 * 1.959963984540054));
  CHECK(edgeworth_expected_above(moments, 100) == Approx(5 * 0.3989422804014327));
  CHECK(edgeworth_expected_above(moments, 50) == Approx(50));
  CHECK(edgeworth_expected_above(moments, 400) == Approx(0).margin(1e-300));
}

TEST_CASE("cornish-fisher: a Poisson's quantile and excess to the order of the expansion") {
  // Poisson(10^4) by its own sums, from 40 deviations below the mean to 40 above.
  const double mean = 1e4;
  const Moments moments{mean, mean, 1 / std::sqrt(mean), 1 / mean};
  double cumulative = 0;
  double excess = 0;
  const double threshold = 10'120;
  for (int x = 6'000; x <= 14'000; ++x) {
    const double mass = std::exp(x * std::log(mean) - mean - std::lgamma(x + 1.0));
    cumulative += mass;
    excess += std::max(0.0, x - threshold) * mass;
    if (cumulative > 1e-5 && cumulative < 1 - 1e-5) {
      // The expansion at F(x) is x + 1/2.
      REQUIRE(std::abs(cornish_fisher_quantile(moments, cumulative) - (x + 0.5)) <= 0.01);
    }
  }
  CHECK(edgeworth_expected_above(moments, threshold) == Approx(excess).epsilon(1e-3));
}

TEST_CASE("cornish-fisher: the excess never falls below what is certain") {
  const Moments moments{1e9, 1e8, -1e-4, 1e-8};
  for (double z = -30; z <= 30; z += 0.25) {
    const double threshold = moments.mean + z * 1e4;
    INFO("z " << z);
    CHECK(edgeworth_expected_above(moments, threshold) >= std::max(0.0, moments.mean - threshold));
  }
}

}  // namespace
}  // namespace dosimeter::sim
