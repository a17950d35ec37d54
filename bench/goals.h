#pragma once

#include <string>
#include <vector>

namespace dosimeter::bench {

/// What a run is held to.
struct Goal {
  enum class Bound : unsigned char { at_least, at_most };

  /// `decide/25 against linear_decide/25`
  std::string name;
  Bound bound = Bound::at_least;
  double limit = 0;
  /// What is hoped for past `limit`; 0 if nothing.
  double beyond = 0;
  /// The benchmark whose figure is compared, and the one it is divided by. Where there is no
  /// divisor the figure itself is compared.
  std::string figure;
  std::string divisor;
  /// A counter of `figure` that is compared instead of its time.
  std::string counter;
  /// `ms`, `KiB`, `MiB`, or nothing for a ratio; `limit` is in it, and so many ns or bytes are one.
  std::string unit;
  double unit_size = 1;
};

[[nodiscard]] std::vector<Goal> goals();

}  // namespace dosimeter::bench
