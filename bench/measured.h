#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {

/// What the repetitions of one benchmark measured.
struct Measured {
  std::string name;
  /// Nanoseconds for one of whatever the benchmark does, by repetition.
  std::vector<double> nanoseconds;
  std::map<std::string, double> counters;
  /// Why there is no figure; empty if there is.
  std::string error;

  /// REQUIRES: a repetition.
  [[nodiscard]] double median() const;
  /// The coefficient of variation: standard deviation by mean. 0 of a single repetition.
  [[nodiscard]] double spread() const;
};

/// nullptr where that was not measured, or failed.
[[nodiscard]] const Measured* find(const std::vector<Measured>& all, std::string_view name);

}  // namespace dosimeter::bench
