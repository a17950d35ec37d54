#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// Counts by a pair of numbers. An open-addressing hash table with linear probing, 16 bytes a
/// place, at most three quarters full; it grows by doubling. Not thread-safe.
class CountTable {
 public:
  /// What is counted for one pair.
  struct Entry {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    /// 0: the place is free.
    std::uint64_t count = 0;
  };

  /// Adds to the pair's count; nothing where `count` is 0. Amortised constant.
  void add(std::uint32_t first, std::uint32_t second, std::uint64_t count) {
    if (count == 0) return;
    if ((size_ + 1) * 4 > entries_.size() * 3) grow();
    Entry& entry = place(entries_, first, second);
    if (entry.count == 0) {
      entry.first = first;
      entry.second = second;
      ++size_;
    }
    entry.count += count;
  }

  /// Pairs that are counted.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Bytes of the table.
  [[nodiscard]] std::size_t bytes() const noexcept { return entries_.size() * sizeof(Entry); }

  /// Calls `see(entry)` for every pair, in no order.
  template <typename See>
  void for_each(See&& see) const {
    for (const Entry& entry : entries_) {
      if (entry.count != 0) see(entry);
    }
  }

  /// Forgets every pair; keeps the memory of a table that is about as large as it was full.
  void clear() {
    if (entries_.size() > kLeastPlaces && size_ * 8 < entries_.size()) {
      entries_ = std::vector<Entry>(entries_.size() / 2);
    } else {
      entries_.assign(entries_.size(), Entry{});
    }
    size_ = 0;
  }

 private:
  static constexpr std::size_t kLeastPlaces = 256;

  /// Of a table of 2^n places.
  [[nodiscard]] static Entry& place(std::vector<Entry>& entries, std::uint32_t first,
                                    std::uint32_t second) noexcept {
    std::uint64_t key = std::uint64_t{first} << 32 | second;
    // The finisher of SplitMix64: keys that differ in few bits are spread over all places.
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
    key ^= key >> 31;
    const std::size_t mask = entries.size() - 1;
    std::size_t at = static_cast<std::size_t>(key) & mask;
    for (;; at = (at + 1) & mask) {
      Entry& entry = entries[at];
      if (entry.count == 0 || (entry.first == first && entry.second == second)) return entry;
    }
  }

  void grow() {
    std::vector<Entry> grown(entries_.empty() ? kLeastPlaces : entries_.size() * 2);
    for_each([&](const Entry& entry) { place(grown, entry.first, entry.second) = entry; });
    entries_ = std::move(grown);
  }

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace dosimeter::sim
