#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// `count` independent draws, each of which records with `probability`.
struct BinomialTrials {
  std::uint64_t count;
  double probability;
};

/// Probabilities of first, first + 1, ...; what lies outside is below 10^-15 in all.
struct TruncatedPmf {
  std::uint64_t first;
  std::vector<double> mass;
};

/// The distribution of a sum of independent binomials: one by Loader's formula and the ratio of
/// neighbours, several by direct convolution while that is cheap (every probability then keeps its
/// relative accuracy, tails included), else by spectral_pmf. Time and memory grow with the sum's
/// deviation, never with the counts: at a deviation of 10^4 the array has 180,000 entries. An empty
/// list is the certain 0. Thread-safe, deterministic. REQUIRES: each 0 < probability < 1 and count
/// > 0; the counts add up to less than 2^62; a variance up to 10^8.
[[nodiscard]] TruncatedPmf pmf_of_sum(std::span<const BinomialTrials> parts);

/// The same, always by direct convolution: the time grows with the product of the deviations.
[[nodiscard]] TruncatedPmf direct_pmf(std::span<const BinomialTrials> parts);

}  // namespace dosimeter::sim
