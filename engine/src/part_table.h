#pragma once

#include "engine/src/hash_filter.h"
#include "engine/src/radix_tree.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Patterns by the hash of a part that a text must have. Different parts of one hash share their
/// patterns, all of which have to be asked. That there are none is known from a filter, most of
/// the time. Immutable once built.
class PartTable {
 public:
  struct Entry {
    std::uint64_t hash;
    /// kNoPattern where the part is only to be known.
    PatternId pattern;
  };
  static constexpr PatternId kNoPattern = 0xFFFFFFFF;

  PartTable() = default;
  explicit PartTable(std::vector<Entry> entries);

  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

  struct Found {
    bool known = false;
    std::span<const PatternId> patterns = {};
  };
  /// REQUIRES: !empty().
  [[nodiscard]] Found find(std::uint64_t hash) const noexcept {
    return filter_.may_have(hash) ? find_slot(hash) : Found{};
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;

  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = kFree;
    std::uint32_t count = 0;
  };

  [[nodiscard]] Found find_slot(std::uint64_t hash) const noexcept {
    for (std::size_t i = hash >> shift_;; i = (i + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[i];
      if (slot.begin == kFree) return {};
      if (slot.hash == hash) return {true, {patterns_.data() + slot.begin, slot.count}};
    }
  }

  /// Open, at most half full.
  std::vector<Slot> slots_;
  std::vector<PatternId> patterns_;
  unsigned shift_ = 0;
  HashFilter filter_;
};

}  // namespace dosimeter::detail
