#include "sim/predict/binomial.h"
#include "sim/predict/spectral_pmf.h"
#include "sim/predict/truncated_pmf.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace dosimeter::sim {
namespace {

using Parts = std::vector<BinomialTrials>;

oracle::SlowDistribution slow_sum(const Parts& parts) {
  oracle::SlowDistribution slow(0);
  for (const BinomialTrials& part : parts) slow.add_draws(part.count, part.probability);
  return slow;
}

double mass_at(const TruncatedPmf& pmf, std::uint64_t x) {
  return x < pmf.first || x - pmf.first >= pmf.mass.size()
             ? 0
             : pmf.mass[static_cast<std::size_t>(x - pmf.first)];
}

Parts random_parts(std::mt19937_64& random, std::size_t most_parts, std::uint64_t most_draws) {
  const std::size_t count = 1 + random() % most_parts;
  Parts parts;
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(1 + random() % 9999) / 10000;
    parts.push_back({1 + random() % most_draws, random() % 3 == 0 ? share : share * 0.1});
  }
  return parts;
}

TEST_CASE("truncated pmf: nothing to draw is the certain zero") {
  const TruncatedPmf pmf = pmf_of_sum({});
  CHECK(pmf.first == 0);
  CHECK(pmf.mass == std::vector<double>{1.0});
}

TEST_CASE("truncated pmf: direct convolution has the slow sum's probabilities, tails included") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 60; ++round) {
    const Parts parts = random_parts(random, 5, 120);
    const oracle::SlowDistribution slow = slow_sum(parts);
    const TruncatedPmf pmf = direct_pmf(parts);
    for (std::uint64_t x = slow.first(); x <= slow.last(); ++x) {
      const double expected = static_cast<double>(slow.pmf(x));
      INFO("round " << round << " x " << x);
      CHECK(std::abs(mass_at(pmf, x) - expected) <= 1e-12 * expected + 2e-16);
    }
  }
}

TEST_CASE("truncated pmf: the characteristic function gives the slow sum's probabilities") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 60; ++round) {
    const Parts parts = random_parts(random, 6, 150);
    const oracle::SlowDistribution slow = slow_sum(parts);
    const TruncatedPmf pmf = spectral_pmf(parts);
    for (std::uint64_t x = slow.first(); x <= slow.last(); ++x) {
      INFO("round " << round << " x " << x);
      CHECK(std::abs(mass_at(pmf, x) - static_cast<double>(slow.pmf(x))) <= 1e-14);
    }
  }
}

TEST_CASE("truncated pmf: both ways agree where both can be walked") {
  const Parts parts = {{40'000'000, 0.001},       {90'000, 0.25}, {70'000, 0.93},
                       {1'000'000'000'000, 1e-8}, {25'000, 0.5},  {3'000'000, 0.9999}};
  const TruncatedPmf direct = direct_pmf(parts);
  const TruncatedPmf spectral = spectral_pmf(parts);
  double largest = 0;
  double cumulative = 0;
  double largest_cumulative = 0;
  for (std::size_t i = 0; i < direct.mass.size(); ++i) {
    const double difference = direct.mass[i] - mass_at(spectral, direct.first + i);
    cumulative += difference;
    largest = std::max(largest, std::abs(difference));
    largest_cumulative = std::max(largest_cumulative, std::abs(cumulative));
  }
  CHECK(largest <= 1e-14);
  CHECK(largest_cumulative <= 2e-12);
}

TEST_CASE("truncated pmf: the ratio of neighbours keeps to the formula over the whole window") {
  const BinomialTrials part{1'000'000'000, 0.95};
  const TruncatedPmf pmf = pmf_of_sum({&part, 1});
  double largest = 0;
  for (std::size_t i = 0; i < pmf.mass.size(); i += 97) {
    const double expected = binomial_pmf(pmf.first + i, part.count, part.probability);
    largest = std::max(largest, std::abs(pmf.mass[i] / expected - 1));
  }
  CHECK(largest <= 1e-12);
  CHECK(std::accumulate(pmf.mass.begin(), pmf.mass.end(), 0.0) == Approx(1).epsilon(1e-12));
}

TEST_CASE("truncated pmf: the mass left out is negligible from one draw to a million millions") {
  for (const double p : {1e-12, 1e-6, 0.01, 0.5, 0.99}) {
    for (const std::uint64_t n : {1ULL, 10ULL, 1'000ULL, 100'000'000ULL, 1'000'000'000'000ULL}) {
      if (static_cast<double>(n) * p * (1 - p) > 1e8) continue;
      const BinomialTrials part{n, p};
      const TruncatedPmf pmf = pmf_of_sum({&part, 1});
      INFO("n " << n << " p " << p);
      CHECK(std::abs(std::accumulate(pmf.mass.begin(), pmf.mass.end(), 0.0) - 1) <= 2e-12);
      CHECK(pmf.mass.size() <= 180'000);
    }
  }
}

}  // namespace
}  // namespace dosimeter::sim
