#include "sim/predict/recorded_distribution.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/catch.h"

#include <cmath>
#include <random>

namespace dosimeter::sim {
namespace {

using Parts = std::vector<BinomialTrials>;

/// Least x with F(x) >= q, within what rounding leaves open.
void check_quantile(const oracle::SlowDistribution& slow, std::uint64_t x, double q) {
  const long double slack = 1e-11L * static_cast<long double>(std::min(q, 1 - q)) + 1e-15L;
  INFO("q " << q << " x " << x);
  CHECK(slow.cdf(x) >= static_cast<long double>(q) - slack);
  if (x > slow.first()) CHECK(slow.cdf(x - 1) <= static_cast<long double>(q) + slack);
}

TEST_CASE("recorded distribution: moments, quantiles and excess agree with draw after draw") {
  std::mt19937_64 random(3);
  constexpr double kRates[] = {0, 0.001, 0.05, 0.05, 0.1, 0.5, 0.97, 1};
  for (int round = 0; round < 80; ++round) {
    const std::uint64_t fixed = random() % 50;
    Parts parts;
    oracle::SlowDistribution slow(fixed);
    for (std::size_t part = 0; part < random() % 5; ++part) {
      parts.push_back({random() % 150, kRates[random() % std::size(kRates)]});
      slow.add_draws(parts.back().count, parts.back().probability);
    }
    const RecordedDistribution distribution(fixed, parts);
    INFO("round " << round);
    CHECK(distribution.exact());
    CHECK(distribution.expected() == Approx(static_cast<double>(slow.expected())).epsilon(1e-13));
    CHECK(distribution.variance() ==
          Approx(static_cast<double>(slow.variance())).epsilon(1e-12).margin(1e-14));
    for (const double q : {1e-9, 0.005, 0.025, 0.05, 0.3, 0.5, 0.7, 0.95, 0.975, 0.995}) {
      check_quantile(slow, distribution.quantile(q), q);
    }
    for (double threshold = -1; threshold < static_cast<double>(slow.last()) + 2;
         threshold += 0.75) {
      INFO("threshold " << threshold);
      const double expected = static_cast<double>(slow.expected_above(threshold));
      CHECK(std::abs(distribution.expected_above(threshold) - expected) <= 1e-12 * (1 + expected));
    }
  }
}

TEST_CASE("recorded distribution: an interval holds at least its nominal share") {
  for (const double p : {0.001, 0.05, 0.1, 0.5, 0.9}) {
    for (const std::uint64_t n : {1ULL, 2ULL, 5ULL, 20ULL, 100ULL, 400ULL}) {
      oracle::SlowDistribution slow(7);
      slow.add_draws(n, p);
      const RecordedDistribution distribution(7, {{n, p}});
      for (const double confidence : {0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999}) {
        const CountInterval interval = distribution.interval(confidence);
        INFO("n " << n << " p " << p << " confidence " << confidence);
        CHECK(interval.low <= interval.high);
        CHECK(slow.between(interval.low, interval.high) >=
              static_cast<long double>(confidence) - 1e-12L);
        // And it is no wider than it must be: without either end a tail of more than alpha/2 is
        // left outside.
        const long double tail = (1 - static_cast<long double>(confidence)) / 2 - 1e-12L;
        CHECK(slow.cdf(interval.low) >= tail);
        if (interval.high > 7) CHECK(1 - slow.cdf(interval.high - 1) >= tail);
      }
    }
  }
}

TEST_CASE("recorded distribution: a share that is reached exactly counts as reached") {
  // F(0) = 3/4 and 0.95; F(0) = 1/4, F(1) = 3/4.
  CHECK(RecordedDistribution(0, {{1, 0.25}}).quantile(0.75) == 0);
  CHECK(RecordedDistribution(0, {{1, 0.05}}).quantile(0.95) == 0);
  CHECK(RecordedDistribution(0, {{1, 0.05}}).interval(0.9).high == 0);
  CHECK(RecordedDistribution(0, {{2, 0.5}}).quantile(0.25) == 0);
  CHECK(RecordedDistribution(0, {{2, 0.5}}).quantile(0.75) == 1);
  CHECK(RecordedDistribution(0, {{1, 0.025}}).quantile(0.975) == 0);
  CHECK(RecordedDistribution(0, {{1, 0.975}}).quantile(0.025) == 0);
}

TEST_CASE("recorded distribution: what is certain has no width") {
  const RecordedDistribution nothing(0, {});
  CHECK(nothing.expected() == 0);
  CHECK(nothing.standard_deviation() == 0);
  CHECK(nothing.exact());
  CHECK(nothing.quantile(0.5) == 0);
  CHECK(nothing.expected_above(0) == 0);
  CHECK(nothing.expected_above(5) == 0);

  const RecordedDistribution certain(1'000'000'000'000, {{500, 1}, {700, 0}, {0, 0.3}});
  CHECK(certain.expected() == 1'000'000'000'500);
  CHECK(certain.variance() == 0);
  for (const double q : {0.0, 1e-9, 0.5, 0.975, 1.0})
    CHECK(certain.quantile(q) == 1'000'000'000'500);
  CHECK(certain.expected_above(1'000'000'000'000.25) == 499.75);
}

TEST_CASE("recorded distribution: equal rates are one rate, and the order of parts is nothing") {
  const RecordedDistribution together(5, {{300'000, 0.1}, {100'000, 0.05}});
  const RecordedDistribution apart(5, {{100'000, 0.1}, {100'000, 0.05}, {200'000, 0.1}});
  CHECK(together.expected() == apart.expected());
  CHECK(together.variance() == apart.variance());
  for (const double q : {0.0, 0.001, 0.025, 0.5, 0.975, 1.0})
    CHECK(together.quantile(q) == apart.quantile(q));
  CHECK(together.expected_above(35'100) == apart.expected_above(35'100));
}

TEST_CASE("recorded distribution: the ends of what is possible") {
  const RecordedDistribution distribution(10, {{20, 0.5}, {5, 1}, {7, 0}});
  CHECK(distribution.quantile(0) == 15);
  CHECK(distribution.quantile(1) == 35);
  const RecordedDistribution wide(10, {{100'000'000'000, 0.5}});
  CHECK(wide.quantile(0) == 10);
  CHECK(wide.quantile(1) == 100'000'000'010);
}

// mpmath with 30 digits: the ratio of neighbours summed from eleven deviations below the mean until
// q is reached.
struct QuantileReference {
  std::uint64_t n;
  double p;
  double q;
  std::uint64_t x;
};
constexpr QuantileReference kQuantiles[] = {
    {1000000000, 0.05, 1e-9, 49958668},
    {1000000000, 0.05, 0.005, 49982248},
    {1000000000, 0.05, 0.025, 49986492},
    {1000000000, 0.05, 0.5, 50000000},
    {1000000000, 0.05, 0.975, 50013509},
    {1000000000, 0.05, 0.995, 50017754},
    {1000000000, 1e-06, 0.025, 938},
    {1000000000, 1e-06, 0.975, 1062},
    {18390, 0.1, 0.025, 1760},
    {18390, 0.1, 0.975, 1919},
    {2564, 0.05, 0.025, 107},
    {2564, 0.05, 0.975, 150},
    {800000000, 0.1, 0.005, 79978144},
    {800000000, 0.1, 0.025, 79983370},
    {800000000, 0.1, 0.975, 80016631},
    {800000000, 0.1, 0.995, 80021857},
    {1488000, 0.1, 0.025, 148083},
    {1488000, 0.1, 0.975, 149518},
};

TEST_CASE("recorded distribution: quantiles of large counts are those of thirty digits") {
  for (const QuantileReference& each : kQuantiles) {
    const RecordedDistribution distribution(1'000, {{each.n, each.p}});
    INFO("n " << each.n << " p " << each.p << " q " << each.q);
    CHECK(distribution.exact());
    CHECK(distribution.quantile(each.q) == 1'000 + each.x);
  }
}

TEST_CASE("recorded distribution: a sum of twenty-six rates just below the seam") {
  Parts parts;
  double variance = 0;
  for (int i = 1; i <= 26; ++i) {
    const double p = i / 27.0;
    parts.push_back({static_cast<std::uint64_t>(3.8e6 / (p * (1 - p))), p});
    variance += static_cast<double>(parts.back().count) * p * (1 - p);
  }
  const RecordedDistribution distribution(0, parts);
  CHECK(distribution.exact());
  CHECK(distribution.variance() == Approx(variance).epsilon(1e-14));
  CHECK(distribution.standard_deviation() > 9'900);
  double third = 0;
  double fourth = 0;
  for (const BinomialTrials& part : parts) {
    const double spread =
        static_cast<double>(part.count) * part.probability * (1 - part.probability);
    third += spread * (1 - 2 * part.probability);
    fourth += spread * (1 - 6 * part.probability * (1 - part.probability));
  }
  const Moments moments{distribution.expected(), variance, third / std::pow(variance, 1.5),
                        fourth / (variance * variance)};
  for (const double q : {1e-6, 0.005, 0.025, 0.5, 0.975, 0.995, 1 - 1e-6}) {
    const double smooth = std::ceil(cornish_fisher_quantile(moments, q) - 0.5);
    INFO("q " << q);
    CHECK(std::abs(static_cast<double>(distribution.quantile(q)) - smooth) <= 1);
  }
  for (const double z : {-3.0, -1.0, 0.0, 0.5, 2.0, 4.0}) {
    const double threshold = distribution.expected() + z * distribution.standard_deviation();
    INFO("z " << z);
    CHECK(distribution.expected_above(threshold) ==
          Approx(edgeworth_expected_above(moments, threshold)).epsilon(1e-6).margin(1e-4));
  }
}

TEST_CASE("recorded distribution: nothing jumps where the expansion takes over") {
  for (const double p : {1e-6, 0.001, 0.05, 0.5, 0.9, 0.9999}) {
    const std::uint64_t seam = static_cast<std::uint64_t>(1e8 / (p * (1 - p)));
    const std::uint64_t step = static_cast<std::uint64_t>(1 / p) + 1;
    const RecordedDistribution below(0, {{seam - step, p}});
    const RecordedDistribution above(0, {{seam + step, p}});
    INFO("p " << p);
    CHECK(below.exact());
    CHECK_FALSE(above.exact());
    const double shift = above.expected() - below.expected();
    for (const double q : {1e-6, 0.005, 0.025, 0.5, 0.975, 0.995, 1 - 1e-6}) {
      INFO("q " << q);
      const double difference =
          static_cast<double>(above.quantile(q)) - static_cast<double>(below.quantile(q));
      CHECK(difference >= shift - 1.5);
      CHECK(difference <= shift + 1.5);
    }
    for (const double z : {-2.0, 0.0, 2.0}) {
      CHECK(above.expected_above(above.expected() + z * 1e4) ==
            Approx(below.expected_above(below.expected() + z * 1e4)).epsilon(1e-4).margin(0.01));
    }
  }
}

TEST_CASE("recorded distribution: counts of a million millions and far thresholds stay in bounds") {
  const RecordedDistribution wide(1'000'000'000'000, {{1'000'000'000'000'000, 0.05}});
  CHECK_FALSE(wide.exact());
  CHECK(wide.expected() == 51'000'000'000'000);
  const CountInterval interval = wide.interval(0.95);
  CHECK(static_cast<double>(interval.low) ==
        Approx(5.1e13 - 1.959963984540054 * wide.standard_deviation()).epsilon(1e-13));
  CHECK(static_cast<double>(interval.high) ==
        Approx(5.1e13 + 1.959963984540054 * wide.standard_deviation()).epsilon(1e-13));
  CHECK(wide.expected_above(0) == wide.expected());
  CHECK(wide.expected_above(1e12 + 5) == wide.expected() - (1e12 + 5));
  CHECK(wide.expected_above(1e20) == 0);
  CHECK(wide.quantile(1e-300) >= 1'000'000'000'000);
}

}  // namespace
}  // namespace dosimeter::sim
