#pragma once

#include <cstdint>

namespace dosimeter::sim {

/// Numbers that are the same for a seed everywhere (SplitMix64: Steele, Lea and Flood, "Fast
/// Splittable Pseudorandom Number Generators", 2014). Not thread-safe.
class SeededNumbers {
 public:
  /// `stream` tells apart what is drawn with one seed.
  SeededNumbers(std::uint64_t seed, std::uint64_t stream) noexcept
      : state_(mixed(seed) ^ mixed(stream + kStep)) {}

  /// 0 to bound - 1. The numbers that come more often do so by less than bound / 2^64.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept {
    state_ += kStep;
    return mixed(state_) % bound;
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15u;

  static std::uint64_t mixed(std::uint64_t number) noexcept {
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9u;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBu;
    return number ^ (number >> 31);
  }

  std::uint64_t state_;
};

}  // namespace dosimeter::sim
