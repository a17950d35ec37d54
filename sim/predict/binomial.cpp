#include "sim/predict/binomial.h"

#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace dosimeter::sim {

namespace {

/// log(n!) - log(sqrt(2 pi n) (n/e)^n) for n = 1 to 15, where the series below is too short.
/// Computed with 40 digits: mpmath log(factorial(n)) - (log(2*pi*n)/2 + n*log(n) - n).
constexpr std::array<double, 15> kSmallStirlingErrors = {
    0.08106146679532725822,   0.041340695955409294094,  0.027677925684998339149,
    0.020790672103765093112,  0.016644691189821192163,  0.013876128823070747999,
    0.011896709945891770095,  0.010411265261972096497,  0.0092554621827127329177,
    0.0083305634333628712565, 0.007573675487951840795,  0.0069428401072095298657,
    0.0064089941880042070684, 0.0059513701127588477356, 0.005554733551962801371};

/// What Stirling's formula lacks of log(n!), n >= 1. Stirling's series (NIST DLMF 5.11.1); at n =
/// 16 the first term left out is 10^-16.
double stirling_error(double n) {
  if (n <= static_cast<double>(kSmallStirlingErrors.size())) {
    return kSmallStirlingErrors[static_cast<std::size_t>(n) - 1];
  }
  const double square = n * n;
  return (1.0 / 12 -
          (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
              square) /
         n;
}

/// x log(x / mean) - distance, with distance = x - mean handed in because the subtraction would
/// cancel. Loader's deviance; near the mean by the series of x log(x / mean) = 2 x artanh((x -
/// mean) / (x + mean)).
double deviance(double x, double mean, double distance) {
  const double v = distance / (x + mean);
  if (std::abs(v) >= 0.1) return x * std::log(x / mean) - distance;
  double sum = distance * v;
  double power = 2 * x * v;
  for (int odd = 3;; odd += 2) {
    power *= v * v;
    const double next = sum + power / odd;
    if (next == sum) return sum;
    sum = next;
  }
}

}  // namespace

double binomial_log_pmf(std::uint64_t successes, std::uint64_t trials, double probability) {
  assert(probability >= 0 && probability <= 1);
  constexpr double kImpossible = -std::numeric_limits<double>::infinity();
  if (successes > trials) return kImpossible;
  const double n = static_cast<double>(trials);
  if (successes == 0) {
    if (trials == 0) return 0;
    return probability == 1 ? kImpossible : n * std::log1p(-probability);
  }
  if (probability == 0) return kImpossible;
  if (successes == trials) return n * std::log(probability);
  if (probability == 1) return kImpossible;

  const double k = static_cast<double>(successes);
  const double failures = static_cast<double>(trials - successes);
  const double distance = std::fma(-n, probability, k);
  const double exponent = stirling_error(n) - stirling_error(k) - stirling_error(failures) -
                          deviance(k, n * probability, distance) -
                          deviance(failures, n * (1 - probability), -distance);
  return exponent + 0.5 * std::log(n / k / failures / (2 * std::numbers::pi));
}

double binomial_pmf(std::uint64_t successes, std::uint64_t trials, double probability) {
  return std::exp(binomial_log_pmf(successes, trials, probability));
}

}  // namespace dosimeter::sim
