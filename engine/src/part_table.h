#pragma once

#include "engine/src/radix_tree.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Candidates by the hash of a part that a text must have. Different parts of one hash share their
/// candidates, none of which is certain. Immutable once built.
class PartTable {
 public:
  struct Entry {
    std::uint64_t hash;
    PatternId pattern;
  };

  PartTable() = default;
  explicit PartTable(std::vector<Entry> entries);

  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

  /// REQUIRES: !empty().
  [[nodiscard]] std::span<const PatternId> find(std::uint64_t hash) const noexcept {
    for (std::size_t i = hash >> shift_;; i = (i + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[i];
      if (slot.count == 0) return {};
      if (slot.hash == hash) return {patterns_.data() + slot.begin, slot.count};
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;
    std::uint32_t count = 0;  // 0 where it is free
  };

  /// Open, at most half full.
  std::vector<Slot> slots_;
  std::vector<PatternId> patterns_;
  unsigned shift_ = 0;
};

}  // namespace dosimeter::detail
