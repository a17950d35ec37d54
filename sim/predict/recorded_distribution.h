#pragma once

#include "sim/predict/cornish_fisher.h"
#include "sim/predict/truncated_pmf.h"

#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// The largest standard deviation, in traces, up to which the distribution is computed exactly
/// (180,000 probabilities); past it the Cornish-Fisher expansion differs from it by less than one
/// trace.
inline constexpr double kLargestExactDeviation = 1e4;

/// Two counts of traces, both included.
struct CountInterval {
  std::uint64_t low;
  std::uint64_t high;
};

/// How many traces are recorded: a fixed count (what reservoirs took) plus independent binomials
/// (what they refused, drawn at the fixed rates). Given the arrivals and their routing this is the
/// whole of the sampling noise. Immutable; copies are deep; reading is thread-safe.
class RecordedDistribution {
 public:
  /// Parts of equal probability are merged; a probability of 0 drops out and a 1 joins the fixed
  /// count. At most a few milliseconds and 2 MB, whatever the counts, up to a hundred different
  /// probabilities. REQUIRES: 0 <= probability <= 1 each; fixed and all counts add up to less than
  /// 2^62.
  RecordedDistribution(std::uint64_t fixed, std::vector<BinomialTrials> parts);

  /// Where what reservoirs take is itself random: the normal distribution of that mean and
  /// variance, for whole numbers from 0 to `most` (with continuity correction). Never exact().
  /// REQUIRES: 0 <= mean <= most < 2^62, variance >= 0.
  [[nodiscard]] static RecordedDistribution normal(double mean, double variance,
                                                   std::uint64_t most);

  [[nodiscard]] double expected() const noexcept;
  [[nodiscard]] double variance() const noexcept { return moments_.variance; }
  [[nodiscard]] double standard_deviation() const noexcept;

  /// False where quantiles and partial expectations come from an expansion instead of the
  /// distribution itself.
  [[nodiscard]] bool exact() const noexcept { return exact_; }

  /// The least x with P(X <= x) >= q; a q that a probability reaches up to rounding (a relative
  /// 10^-12) counts as reached. Resolved down to tails of about 10^-12; 0 and 1 give the ends of
  /// what is possible. REQUIRES: 0 <= q <= 1.
  [[nodiscard]] std::uint64_t quantile(double q) const;

  /// From quantile(a/2) to quantile(1 - a/2) with a = 1 - confidence. Where exact(), it holds at
  /// least `confidence` of the probability. REQUIRES: 0 < confidence < 1.
  [[nodiscard]] CountInterval interval(double confidence) const;

  /// E[max(0, X - threshold)], in traces. REQUIRES: threshold is finite.
  [[nodiscard]] double expected_above(double threshold) const;

 private:
  RecordedDistribution() = default;
  [[nodiscard]] std::uint64_t exact_quantile(double q) const;

  std::uint64_t fixed_ = 0;
  /// The largest number the binomials can reach.
  std::uint64_t trials_ = 0;
  /// Of the sum of the binomials, without fixed_.
  Moments moments_{};
  bool exact_ = false;
  /// The same sum's distribution; empty unless exact_.
  TruncatedPmf drawn_{};
};

}  // namespace dosimeter::sim
