#pragma once

#include "sim/predict/truncated_pmf.h"

#include <span>

namespace dosimeter::sim {

/// The distribution of a sum of independent binomials from its characteristic function, which is
/// known in closed form, by one inverse Fourier transform (the method of Y. Hong, "On computing the
/// distribution function for the Poisson binomial distribution", 2013; here over a window, and only
/// the frequencies that do not vanish are computed). Errors are absolute, not relative: below
/// 10^-11 in any sum of probabilities, typically 10^-15; rounding below zero is clipped and the
/// whole scaled to 1. REQUIRES: as pmf_of_sum, and at least one part.
[[nodiscard]] TruncatedPmf spectral_pmf(std::span<const BinomialTrials> parts);

}  // namespace dosimeter::sim
