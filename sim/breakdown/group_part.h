#pragma once

#include "sim/breakdown/count_table.h"
#include "sim/breakdown/endpoint_text.h"
#include "sim/breakdown/group_breakdown.h"
#include "sim/breakdown/numbered_texts.h"
#include "sim/breakdown/status_class.h"
#include "sim/replay/breakdown.h"

#include <cstdint>
#include <map>
#include <vector>

namespace dosimeter::sim {

/// Groups are numbered: the status classes first, then the endpoints.
inline constexpr std::uint32_t kFirstEndpointGroup = kStatusClassCount;

/// The hour that holds a second since 1970.
[[nodiscard]] constexpr std::int64_t hour_of_second(std::int64_t second) noexcept {
  constexpr std::int64_t kSecondsInAnHour = 3600;
  const std::int64_t hour = second / kSecondsInAnHour;
  return second % kSecondsInAnHour < 0 ? hour - 1 : hour;
}

/// What a GroupBreakdown sees of one block. Its endpoints are numbered by themselves.
class GroupPart final : public BlockBreakdown {
 public:
  explicit GroupPart(GroupTables tables) : tables_(tables) {}

  void clear() override;
  void add(const LogRow& row, const Request& request, std::uint32_t cell, bool decides) override;

  [[nodiscard]] const NumberedTexts& endpoints() const noexcept { return endpoints_; }
  /// Requests by (cell, group).
  [[nodiscard]] const CountTable& counts() const noexcept { return counts_; }
  /// By cell, up to the last that decided a request; where hours are asked for.
  [[nodiscard]] const std::vector<std::uint64_t>& decided() const noexcept { return decided_; }
  /// Requests that upstream decided, by group and by hour.
  [[nodiscard]] const std::vector<std::uint64_t>& upstream() const noexcept { return upstream_; }
  [[nodiscard]] const std::map<std::int64_t, std::uint64_t>& upstream_by_hour() const noexcept {
    return upstream_by_hour_;
  }

 private:
  void count(std::uint32_t group, std::uint64_t requests, std::uint32_t cell, bool decides);

  GroupTables tables_;
  EndpointText text_;
  NumberedTexts endpoints_;
  CountTable counts_;
  std::vector<std::uint64_t> decided_;
  std::vector<std::uint64_t> upstream_;
  std::map<std::int64_t, std::uint64_t> upstream_by_hour_;
};

}  // namespace dosimeter::sim
