#include "sim/predict/truncated_pmf.h"

#include "sim/predict/binomial.h"
#include "sim/predict/mass_window.h"
#include "sim/predict/spectral_pmf.h"

#include <Eigen/Core>

#include <algorithm>

namespace dosimeter::sim {

namespace {

/// Neighbours follow each other by their ratio this many times, then Loader's formula starts
/// afresh: rounding stays below 10^-13 and a formula's hundred nanoseconds are shared.
constexpr Eigen::Index kRestart = 1024;

/// Multiplications that direct convolution may take: a few milliseconds.
constexpr double kDirectProducts = 4e6;

/// The window of the rarer of the two outcomes; `swapped` where that is not to record.
struct RarerOutcome {
  explicit RarerOutcome(const BinomialTrials& part)
      : swapped(part.probability > 0.5),
        probability(swapped ? 1 - part.probability : part.probability),
        window(mass_window(static_cast<double>(part.count) * probability,
                           static_cast<double>(part.count) * probability * (1 - probability),
                           {0, static_cast<std::int64_t>(part.count)})) {}

  bool swapped;
  double probability;
  MassWindow window;
};

TruncatedPmf pmf_of_one(const BinomialTrials& part) {
  const RarerOutcome rarer(part);
  const MassWindow window = rarer.window;
  std::vector<double> mass(window.size());
  Eigen::Map<Eigen::ArrayXd> values(mass.data(), static_cast<Eigen::Index>(mass.size()));

  // values[i] becomes P(first + i) / P(first + i - 1).
  const Eigen::ArrayXd successes =
      static_cast<double>(window.first) +
      Eigen::ArrayXd::LinSpaced(values.size(), 0, static_cast<double>(values.size() - 1));
  values = (static_cast<double>(part.count) + 1 - successes) / successes *
           (rarer.probability / (1 - rarer.probability));
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (i % kRestart == 0) {
      values[i] =
          binomial_pmf(static_cast<std::uint64_t>(window.first + i), part.count, rarer.probability);
    } else {
      values[i] *= values[i - 1];
    }
  }
  if (!rarer.swapped) return {static_cast<std::uint64_t>(window.first), std::move(mass)};
  std::reverse(mass.begin(), mass.end());
  return {part.count - static_cast<std::uint64_t>(window.last), std::move(mass)};
}

TruncatedPmf convolve(const TruncatedPmf& wide, const TruncatedPmf& narrow) {
  if (wide.mass.size() < narrow.mass.size()) return convolve(narrow, wide);
  TruncatedPmf sum{wide.first + narrow.first,
                   std::vector<double>(wide.mass.size() + narrow.mass.size() - 1)};
  const Eigen::Map<const Eigen::ArrayXd> addend(wide.mass.data(),
                                                static_cast<Eigen::Index>(wide.mass.size()));
  Eigen::Map<Eigen::ArrayXd> total(sum.mass.data(), static_cast<Eigen::Index>(sum.mass.size()));
  Eigen::Index shift = 0;
  for (const double weight : narrow.mass) {
    total.segment(shift++, addend.size()) += weight * addend;
  }
  return sum;
}

double direct_products(std::span<const BinomialTrials> parts) {
  double width = 1;
  double products = 0;
  for (const BinomialTrials& part : parts) {
    const double part_width = static_cast<double>(RarerOutcome(part).window.size());
    products += width * part_width;
    width += part_width - 1;
  }
  return products;
}

}  // namespace

TruncatedPmf direct_pmf(std::span<const BinomialTrials> parts) {
  TruncatedPmf sum{0, {1.0}};
  for (const BinomialTrials& part : parts) sum = convolve(pmf_of_one(part), sum);
  return sum;
}

TruncatedPmf pmf_of_sum(std::span<const BinomialTrials> parts) {
  if (parts.size() <= 1 || direct_products(parts) <= kDirectProducts) return direct_pmf(parts);
  return spectral_pmf(parts);
}

}  // namespace dosimeter::sim
