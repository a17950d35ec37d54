#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Seeded random numbers that are the same on every platform (SplitMix64, Steele, Lea and Flood
/// 2014). The seed is DOSIMETER_TEST_SEED where that is set; a failing test prints it with INFO.
class Random {
 public:
  explicit Random(std::uint64_t seed = default_seed()) : state_(seed) {}

  static std::uint64_t default_seed() {
    const char* text = std::getenv("DOSIMETER_TEST_SEED");
    return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

  /// Uniform enough for tests: 0 to below - 1.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  /// In [0, 1), 53 bits.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return unit() < probability; }

  std::string text(std::string_view alphabet, std::size_t longest) {
    std::string made;
    for (std::size_t length = below(longest + 1); length > 0; --length) {
      made += alphabet[below(alphabet.size())];
    }
    return made;
  }

 private:
  std::uint64_t state_;
};
