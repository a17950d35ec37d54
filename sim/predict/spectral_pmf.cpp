#include "sim/predict/spectral_pmf.h"

#include "sim/predict/mass_window.h"

#include <Eigen/Core>
#include <unsupported/Eigen/FFT>

#include <bit>
#include <cassert>
#include <cmath>
#include <complex>
#include <numbers>

namespace dosimeter::sim {

namespace {

/// A sum of binomials as a fixed number of records and draws of at most 1/2, added or taken away:
/// where to record is the likelier outcome the draws of the other are subtracted. The mean of the
/// draws is then no larger than twice their variance, so no phase is computed from a large number.
struct CentredSum {
  struct Part {
    double count;
    double probability;
    double sign;
  };

  explicit CentredSum(std::span<const BinomialTrials> trials) {
    for (const BinomialTrials& each : trials) {
      const bool swapped = each.probability > 0.5;
      const double probability = swapped ? 1 - each.probability : each.probability;
      const Part part{static_cast<double>(each.count), probability, swapped ? -1.0 : 1.0};
      parts.push_back(part);
      mean += part.sign * part.count * probability;
      variance += part.count * probability * (1 - probability);
      (swapped ? subtracted : added) += each.count;
    }
  }

  std::vector<Part> parts;
  double mean = 0;
  double variance = 0;
  std::uint64_t added = 0;
  std::uint64_t subtracted = 0;
};

/// The characteristic function's modulus is at most exp(-2 variance sin^2(angle / 2)), since one
/// draw has |1 - p + p e^(i angle)|^2 = 1 - 4 p (1 - p) sin^2(angle / 2). Frequencies below
/// kTailMass are left at zero.
Eigen::Index frequencies_that_matter(double variance, std::size_t length) {
  const double sine = std::sqrt(-std::log(kTailMass) / (2 * variance));
  const std::size_t half = length / 2;
  if (sine >= 1) return static_cast<Eigen::Index>(half + 1);
  const double last = std::asin(sine) / std::numbers::pi * static_cast<double>(length);
  return static_cast<Eigen::Index>(std::min(static_cast<double>(half), std::ceil(last))) + 1;
}

/// Conjugate of the characteristic function of (sum - origin) at 2 pi k / length from k = 0 on, as
/// far as it matters.
std::vector<std::complex<double>> low_spectrum(const CentredSum& sum, double origin,
                                               std::size_t length) {
  const Eigen::Index used = frequencies_that_matter(sum.variance, length);
  const Eigen::ArrayXd angle = Eigen::ArrayXd::LinSpaced(used, 0, static_cast<double>(used - 1)) *
                               (2 * std::numbers::pi / static_cast<double>(length));
  const Eigen::ArrayXd half_sine_squared = (angle / 2).sin().square();
  const Eigen::ArrayXd sine = angle.sin();

  Eigen::ArrayXd log_modulus = Eigen::ArrayXd::Zero(used);
  Eigen::ArrayXd phase = angle * (sum.mean - origin);
  for (const CentredSum::Part& part : sum.parts) {
    const double p = part.probability;
    log_modulus += part.count / 2 * (-4 * p * (1 - p) * half_sine_squared).log1p();
    const Eigen::ArrayXd turn = (p * sine).binaryExpr(
        1 - 2 * p * half_sine_squared,
        [](double imaginary, double real) { return std::atan2(imaginary, real); });
    phase += part.sign * part.count * (turn - p * angle);
  }

  std::vector<std::complex<double>> spectrum(static_cast<std::size_t>(used));
  for (Eigen::Index k = 0; k < used; ++k) {
    spectrum[static_cast<std::size_t>(k)] = std::polar(std::exp(log_modulus[k]), -phase[k]);
  }
  return spectrum;
}

/// The inverse transform of a spectrum of `length` frequencies, those that are not in `low` zero,
/// but for a factor. Where few are not zero, every stride-th value is a transform of their own
/// small number, begun at each of the values up to the stride: the spectrum turned by as much.
/// REQUIRES: powers of two; at most length / 2 + 1 in `low`.
std::vector<double> inverse(std::span<const std::complex<double>> low, std::size_t length) {
  const std::size_t small =
      std::min(length, std::bit_ceil(std::max<std::size_t>(2 * low.size(), 8)));
  const std::size_t stride = length / small;
  std::vector<double> values(length);
  std::vector<double> some(small);
  std::vector<std::complex<double>> turned(small / 2 + 1);
  Eigen::FFT<double> transform;
  transform.SetFlag(transform.HalfSpectrum);
  for (std::size_t first = 0; first < stride; ++first) {
    const double angle =
        2 * std::numbers::pi * static_cast<double>(first) / static_cast<double>(length);
    for (std::size_t k = 0; k < low.size(); ++k) {
      turned[k] = low[k] * std::polar(1.0, angle * static_cast<double>(k));
    }
    transform.inv(some, turned, static_cast<Eigen::Index>(small));
    for (std::size_t i = 0; i < small; ++i) values[first + i * stride] = some[i];
  }
  return values;
}

}  // namespace

TruncatedPmf spectral_pmf(std::span<const BinomialTrials> parts) {
  assert(!parts.empty());
  const CentredSum sum(parts);
  const MassWindow window = mass_window(
      sum.mean, sum.variance,
      {-static_cast<std::int64_t>(sum.subtracted), static_cast<std::int64_t>(sum.added)});

  // What lies outside the window comes back into it from the other end: at most kTailMass on either
  // side.
  const std::size_t length = std::bit_ceil(std::max<std::size_t>(window.size(), 8));
  std::vector<double> mass =
      inverse(low_spectrum(sum, static_cast<double>(window.first), length), length);
  mass.resize(window.size());
  Eigen::Map<Eigen::ArrayXd> values(mass.data(), static_cast<Eigen::Index>(mass.size()));
  values = values.max(0.0);
  values /= values.sum();
  return {sum.subtracted + static_cast<std::uint64_t>(window.first), std::move(mass)};
}

}  // namespace dosimeter::sim
