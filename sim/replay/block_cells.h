#pragma once

#include "sim/replay/tally_cell.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// Adds up a block's requests by rule, instance and second, as far as that is quick: several cells
/// may be of one of them where seconds alternate. Instances are the block's own numbers.
class BlockCells {
 public:
  void clear() noexcept { cells_.clear(); }

  /// Returns the index of the cell.
  std::uint32_t add(RuleIndex rule, InstanceIndex instance, std::int64_t second,
                    std::uint64_t count) {
    const std::uint64_t mixed = static_cast<std::uint64_t>(second) * 0x9E3779B97F4A7C15u +
                                rule * std::uint64_t{0xC2B2AE3D27D4EB4F} +
                                instance * std::uint64_t{0x165667B19E3779F9};
    std::uint32_t& recent = recent_[mixed >> (64 - kRecentBits)];
    if (recent < cells_.size()) {
      TallyCell& cell = cells_[recent];
      if (cell.second == second && cell.rule == rule && cell.instance == instance) {
        cell.count += count;
        return recent;
      }
    }
    recent = static_cast<std::uint32_t>(cells_.size());
    cells_.push_back({second, rule, instance, count});
    return recent;
  }

  [[nodiscard]] std::span<TallyCell> cells() noexcept { return cells_; }
  [[nodiscard]] std::span<const TallyCell> cells() const noexcept { return cells_; }

 private:
  static constexpr unsigned kRecentBits = 10;

  std::vector<TallyCell> cells_;
  /// Indices of cells; some are of a block before and wrong, which comparing shows.
  std::array<std::uint32_t, std::size_t{1} << kRecentBits> recent_{};
};

}  // namespace dosimeter::sim
