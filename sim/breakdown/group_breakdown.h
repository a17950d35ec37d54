#pragma once

#include "sim/breakdown/count_table.h"
#include "sim/breakdown/group_loads.h"
#include "sim/breakdown/numbered_texts.h"
#include "sim/breakdown/open_seconds.h"
#include "sim/replay/breakdown.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// Which tables are wanted: `--by`.
struct GroupTables {
  bool by_endpoint = false;
  bool by_status = false;
  bool by_hour = false;

  [[nodiscard]] bool any() const noexcept { return by_endpoint || by_status || by_hour; }
};

/// Counts requests by endpoint, status class and hour, and how loaded the seconds were in which
/// they came: what tables of expected traces are made of. Adds and merges alone, so its figures are
/// the same however the input is cut into blocks. Holds 24 bytes for each group of each rule,
/// instance and open second, and as much again for each group, rule, instance and load.
class GroupBreakdown final : public Breakdown {
 public:
  /// Endpoints past these are counted together: some 20 MB of texts.
  static constexpr std::size_t kMostEndpoints = 50'000;

  explicit GroupBreakdown(GroupTables tables, std::size_t most_endpoints = kMostEndpoints)
      : tables_(tables), most_endpoints_(most_endpoints) {}

  [[nodiscard]] std::unique_ptr<BlockBreakdown> make_part() const override;
  void merge(const BlockBreakdown& part, std::span<const TallyCell> cells) override;
  void close(std::span<const TallyCell> closed, std::int64_t second) override;

  [[nodiscard]] std::size_t open_bytes() const noexcept override { return open_.bytes(); }

  /// What was found. REQUIRES: all seconds are closed.
  [[nodiscard]] GroupedTraffic finish() &&;

 private:
  [[nodiscard]] std::uint32_t group_of_endpoint(std::string_view text);
  /// The loads of each group, by its number.
  [[nodiscard]] std::vector<GroupTraffic> groups_of(const CountTable& loads,
                                                    std::size_t groups) const;

  GroupTables tables_;
  std::size_t most_endpoints_;
  NumberedTexts endpoints_;
  OpenSeconds open_;
  /// Requests by (load class, group), and by (load class, place of the hour).
  CountTable loads_;
  CountTable hour_loads_;
  std::uint32_t hour_places_ = 0;
  LoadClasses classes_;
  /// By group.
  std::vector<std::uint64_t> upstream_;
  struct Hour {
    /// From 1; 0 where no rule has decided a request of it.
    std::uint32_t place = 0;
    std::uint64_t upstream = 0;
  };
  std::map<std::int64_t, Hour> hours_;
};

}  // namespace dosimeter::sim
