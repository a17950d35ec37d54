#pragma once

#include "sim/quality/request_traits.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// Adds up a block's requests by their traits, as far as that is quick: several entries may be of
/// the same where traits alternate that share a place.
class TraitCounts {
 public:
  struct Entry {
    RequestTraits traits;
    std::uint64_t count = 0;
  };

  void clear() noexcept { entries_.clear(); }

  void add(RequestTraits traits, std::uint64_t count) {
    // The undecided fields are a part of those that are not there.
    const unsigned number = traits.number();
    std::uint32_t& recent =
        recent_[(number ^ number >> kFieldCount ^ number >> 2 * kFieldCount) % kPlaces];
    if (recent < entries_.size() && entries_[recent].traits == traits) {
      entries_[recent].count += count;
      return;
    }
    recent = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({traits, count});
  }

  [[nodiscard]] std::span<const Entry> entries() const noexcept { return entries_; }

 private:
  static constexpr std::size_t kPlaces = std::size_t{1} << kFieldCount;

  std::vector<Entry> entries_;
  /// Indices of entries; some are of a block before and wrong, which comparing shows.
  std::array<std::uint32_t, kPlaces> recent_{};
};

}  // namespace dosimeter::sim
