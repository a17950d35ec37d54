#pragma once

#include "sim/replay/tally_cell.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// Seconds that mean the same to a reservoir: of one rule in one instance, equally loaded.
struct LoadClass {
  RuleIndex rule = 0;
  InstanceIndex instance = 0;
  std::uint64_t load = 0;

  friend auto operator<=>(const LoadClass&, const LoadClass&) = default;
};

/// Numbers load classes from 0. Not thread-safe.
class LoadClasses {
 public:
  [[nodiscard]] std::uint32_t number_of(const LoadClass& load_class) {
    const auto [at, is_new] =
        numbers_.try_emplace(load_class, static_cast<std::uint32_t>(classes_.size()));
    if (is_new) classes_.push_back(load_class);
    return at->second;
  }
  /// REQUIRES: a number that was given.
  [[nodiscard]] const LoadClass& operator[](std::uint32_t number) const noexcept {
    return classes_[number];
  }

 private:
  struct Hash {
    std::size_t operator()(const LoadClass& load_class) const noexcept {
      std::uint64_t hash = std::uint64_t{load_class.rule} << 32 | load_class.instance;
      hash = (hash ^ load_class.load * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
      return static_cast<std::size_t>(hash ^ hash >> 31);
    }
  };
  std::unordered_map<LoadClass, std::uint32_t, Hash> numbers_;
  std::vector<LoadClass> classes_;
};

}  // namespace dosimeter::sim
