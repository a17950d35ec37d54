#pragma once

#include <cstdint>

namespace dosimeter::sim {

/// Natural logarithm of P(Binomial(trials, probability) = successes); minus infinity where that is
/// impossible. Saddle-point form: C. Loader, "Fast and Accurate Computation of Binomial
/// Probabilities" (2000). Differences of `lgamma` would cancel: at 10^9 trials they leave seven
/// digits of a probability, this form leaves fourteen. Any trials; past 2^53 they are rounded to a
/// double. Thread-safe, constant time. REQUIRES: 0 <= probability <= 1.
[[nodiscard]] double binomial_log_pmf(std::uint64_t successes, std::uint64_t trials,
                                      double probability);

/// P(Binomial(trials, probability) = successes), 0 to 1. As binomial_log_pmf.
[[nodiscard]] double binomial_pmf(std::uint64_t successes, std::uint64_t trials,
                                  double probability);

}  // namespace dosimeter::sim
