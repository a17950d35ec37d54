#pragma once

#include <cstddef>
#include <cstdint>

namespace dosimeter::sim {

/// How many requests a log's rows stand for beside what they say themselves. Every value is checked
/// by whoever makes it.
struct TrafficScale {
  /// The log is a sample: each row stands for so many requests of its own second.
  std::uint64_t sample_of = 1;
  /// The traffic to predict for, as a multiple of the log's.
  double factor = 1;
  /// Of what is drawn.
  std::uint64_t seed = 1;
  /// For telling equal rows apart, where something is drawn.
  std::size_t occurrence_bytes = std::size_t{16} << 20;

  [[nodiscard]] bool changes() const noexcept { return sample_of != 1 || factor != 1; }
  /// Rows are copied by draws: figures are those of one outcome of them.
  [[nodiscard]] bool draws() const noexcept {
    return factor != static_cast<double>(static_cast<std::uint64_t>(factor));
  }
};

}  // namespace dosimeter::sim
