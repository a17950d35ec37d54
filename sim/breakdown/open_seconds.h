#pragma once

#include "sim/breakdown/count_table.h"
#include "sim/breakdown/load_classes.h"
#include "sim/replay/tally_cell.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// Requests of groups in seconds whose load is not final: by group, rule, instance and second. Not
/// thread-safe.
class OpenSeconds {
 public:
  /// The place of a cell's rule, instance and second. Good until the next `close`.
  [[nodiscard]] std::uint32_t place_of(const TallyCell& cell);

  /// Counts requests that a rule decided: of a group, and without regard to groups.
  void add(std::uint32_t place, std::uint32_t group, std::uint64_t count) {
    groups_.add(place, group, count);
  }
  void add(std::uint32_t place, std::uint64_t count) { places_[place].requests += count; }

  /// Takes the seconds of these cells away, whose loads are final. Calls `see_group(load class,
  /// group, count)` for each group in them and `see_all(load class, second, count)` for each
  /// of the cells that had requests. Linear in all that is open.
  template <typename SeeGroup, typename SeeAll>
  void close(std::span<const TallyCell> closed, LoadClasses& classes, SeeGroup&& see_group,
             SeeAll&& see_all) {
    if (numbers_.empty()) return;
    std::vector<std::uint32_t> class_of(places_.size(), kOpen);
    for (const TallyCell& cell : closed) {
      const auto at = numbers_.find(Key{cell.second, cell.rule, cell.instance});
      if (at == numbers_.end()) continue;
      const std::uint32_t number = classes.number_of({cell.rule, cell.instance, cell.count});
      class_of[at->second] = number;
      see_all(number, cell.second, places_[at->second].requests);
    }
    CountTable still_open;
    const std::vector<std::uint32_t> moved = renumber(class_of);
    groups_.for_each([&](const CountTable::Entry& entry) {
      if (class_of[entry.first] == kOpen) {
        still_open.add(moved[entry.first], entry.second, entry.count);
      } else {
        see_group(class_of[entry.first], entry.second, entry.count);
      }
    });
    groups_ = std::move(still_open);
  }

  /// What is held for what is open.
  [[nodiscard]] std::size_t bytes() const noexcept {
    return groups_.size() * kBytesAGroup + places_.size() * kBytesAPlace;
  }

 private:
  static constexpr std::uint32_t kOpen = ~std::uint32_t{0};
  /// With the free places of hash tables.
  static constexpr std::size_t kBytesAGroup = 24;
  static constexpr std::size_t kBytesAPlace = 72;

  struct Key {
    std::int64_t second = 0;
    RuleIndex rule = 0;
    InstanceIndex instance = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      std::uint64_t hash = std::uint64_t{key.rule} << 32 | key.instance;
      hash = (hash ^ static_cast<std::uint64_t>(key.second) * 0x9E3779B97F4A7C15u) *
             0xBF58476D1CE4E5B9u;
      return static_cast<std::size_t>(hash ^ hash >> 31);
    }
  };
  struct Place {
    Key key;
    std::uint64_t requests = 0;
  };

  /// Keeps the places that are open; where each of them is now.
  [[nodiscard]] std::vector<std::uint32_t> renumber(const std::vector<std::uint32_t>& class_of);

  std::unordered_map<Key, std::uint32_t, Hash> numbers_;
  std::vector<Place> places_;
  /// By place and group.
  CountTable groups_;
};

}  // namespace dosimeter::sim
