#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dosimeter::oracle {

/// The distribution of a count, slow and obviously right: one draw after the other, in long double,
/// with no formula for a binomial anywhere. Time grows with the square of the number of draws.
class SlowDistribution {
 public:
  explicit SlowDistribution(std::uint64_t fixed) : fixed_(fixed) {}

  void add_draws(std::uint64_t count, double probability) {
    const long double p = static_cast<long double>(probability);
    for (std::uint64_t draw = 0; draw < count; ++draw) {
      mass_.push_back(0);
      for (std::size_t k = mass_.size() - 1; k > 0; --k) {
        mass_[k] = mass_[k] * (1 - p) + mass_[k - 1] * p;
      }
      mass_[0] *= 1 - p;
    }
  }

  [[nodiscard]] long double pmf(std::uint64_t x) const {
    return x < fixed_ || x - fixed_ >= mass_.size() ? 0
                                                    : mass_[static_cast<std::size_t>(x - fixed_)];
  }

  /// P(X <= x).
  [[nodiscard]] long double cdf(std::uint64_t x) const {
    long double sum = 0;
    for (std::uint64_t at = fixed_; at <= x && at - fixed_ < mass_.size(); ++at) sum += pmf(at);
    return sum;
  }

  /// P(low <= X <= high).
  [[nodiscard]] long double between(std::uint64_t low, std::uint64_t high) const {
    long double sum = 0;
    for (std::uint64_t at = low; at <= high; ++at) sum += pmf(at);
    return sum;
  }

  [[nodiscard]] long double expected_above(double threshold) const {
    long double sum = 0;
    for (std::size_t k = 0; k < mass_.size(); ++k) {
      const long double excess =
          static_cast<long double>(fixed_ + k) - static_cast<long double>(threshold);
      if (excess > 0) sum += excess * mass_[k];
    }
    return sum;
  }

  [[nodiscard]] long double expected() const {
    long double sum = 0;
    for (std::size_t k = 0; k < mass_.size(); ++k) {
      sum += static_cast<long double>(fixed_ + k) * mass_[k];
    }
    return sum;
  }

  [[nodiscard]] long double variance() const {
    const long double mean = expected();
    long double sum = 0;
    for (std::size_t k = 0; k < mass_.size(); ++k) {
      const long double distance = static_cast<long double>(fixed_ + k) - mean;
      sum += distance * distance * mass_[k];
    }
    return sum;
  }

  [[nodiscard]] std::uint64_t first() const { return fixed_; }
  [[nodiscard]] std::uint64_t last() const { return fixed_ + mass_.size() - 1; }

 private:
  std::uint64_t fixed_;
  std::vector<long double> mass_{1.0L};
};

}  // namespace dosimeter::oracle
