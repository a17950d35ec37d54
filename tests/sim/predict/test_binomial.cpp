#include "sim/predict/binomial.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/catch.h"

#include <cmath>
#include <limits>

namespace dosimeter::sim {
namespace {

TEST_CASE("binomial: agrees with draw after draw for every count up to 60") {
  for (const double p : {1e-9, 0.001, 0.05, 0.1, 0.25, 0.5, 0.7, 0.95, 0.999, 1 - 1e-12}) {
    oracle::SlowDistribution slow(0);
    for (std::uint64_t n = 0; n <= 60; ++n) {
      for (std::uint64_t k = 0; k <= n; ++k) {
        const double expected = static_cast<double>(slow.pmf(k));
        INFO("n " << n << " k " << k << " p " << p);
        // A tail's logarithm is rounded, too; what is nearly denormal has no relative accuracy.
        const double relative = 1e-14 + 1e-15 * std::abs(std::log(expected + 1e-300));
        CHECK(std::abs(binomial_pmf(k, n, p) - expected) <= relative * expected + 1e-300);
      }
      slow.add_draws(1, p);
    }
  }
}

TEST_CASE("binomial: is exact where the outcome is certain or impossible") {
  CHECK(binomial_pmf(0, 0, 0.3) == 1);
  CHECK(binomial_pmf(1, 0, 0.3) == 0);
  CHECK(binomial_pmf(6, 5, 0.3) == 0);
  CHECK(binomial_pmf(0, 0, 0) == 1);
  CHECK(binomial_pmf(0, 0, 1) == 1);
  CHECK(binomial_pmf(0, 7, 0) == 1);
  CHECK(binomial_pmf(3, 7, 0) == 0);
  CHECK(binomial_pmf(7, 7, 0) == 0);
  CHECK(binomial_pmf(0, 7, 1) == 0);
  CHECK(binomial_pmf(3, 7, 1) == 0);
  CHECK(binomial_pmf(7, 7, 1) == 1);
  CHECK(binomial_log_pmf(3, 7, 0) == -std::numeric_limits<double>::infinity());
  CHECK(binomial_pmf(1, 2, std::numeric_limits<double>::denorm_min()) == Approx(0).margin(1e-300));
}

// mpmath with 50 digits: loggamma(n+1) - loggamma(k+1) - loggamma(n-k+1) + k log(p) + (n-k)
// log(1-p), where p is the double written here.
struct Reference {
  std::uint64_t k;
  std::uint64_t n;
  double p;
  double log_pmf;
};
constexpr Reference kReferences[] = {
    {50000000, 1000000000, 0.05, -9.757058669378160188},
    {49990000, 1000000000, 0.05, -10.80966199011820454},
    {50040000, 1000000000, 0.05, -26.595289577994168267},
    {49900000, 1000000000, 0.05, -115.0858169425501942},
    {500000000, 1000000000, 0.5, -10.58742427136793301},
    {500090000, 1000000000, 0.5, -26.787424342647933893},
    {0, 1000000000, 1e-06, -1000.0005000003332883},
    {1, 1000000000, 1e-06, -993.09274372135065132},
    {900, 1000000000, 1e-06, -9.4957689654165655993},
    {1000, 1000000000, 1e-06, -4.3728990060260469073},
    {1300, 1000000000, 1e-06, -45.577650565279783892},
    {999000000, 1000000000, 0.999, -7.8261936453534347772},
    {998994000, 1000000000, 0.999, -25.811307344516634845},
    {999006000, 1000000000, 0.999, -25.877313985000903768},
    {1000000000000, 1000000000000000, 0.001, -14.733948841002238413},
    {1000005000000, 1000000000000000, 0.001, -27.246443017641435747},
    {299998000000, 1000000000000, 0.3, -23.477944929745307319},
    {0, 100, 0.1, -10.53605156578263074},
    {3, 100, 0.1, -5.1342272522260904892},
    {50, 100, 0.1, -53.613438780576170786},
    {99, 100, 0.1, -223.45611453608025216},
    {100, 100, 0.1, -230.25850929940456285},
    {5, 17, 0.3, -1.5695961372015117645},
};

TEST_CASE("binomial: keeps thirteen digits at a thousand million trials and more") {
  for (const Reference& reference : kReferences) {
    INFO("n " << reference.n << " k " << reference.k << " p " << reference.p);
    // An absolute error of the logarithm is the relative error of the probability.
    CHECK(std::abs(binomial_log_pmf(reference.k, reference.n, reference.p) - reference.log_pmf) <=
          1e-13 + 4e-16 * std::abs(reference.log_pmf));
  }
}

}  // namespace
}  // namespace dosimeter::sim
