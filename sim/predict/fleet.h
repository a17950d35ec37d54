#pragma once

#include <dosimeter/recorder.h>

#include "sim/predict/routed_takes.h"
#include "sim/replay/tally.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// How X-Ray is assumed to split a central rule's reservoir over instances. It publishes no more
/// than "evenly", as well as it can; each of these is a model, none a fact.
enum class Allocation : unsigned char {
  /// R / N each in whole requests, and one more for the first R mod N.
  even,
  /// By each instance's requests for the rule, largest remainder first. Where requests go to any
  /// instance alike, that is even.
  proportional,
  /// No quota ever arrives: each instance borrows one a second, of any reservoir that is not 0.
  borrow_only,
};
inline constexpr Allocation kAllocations[] = {Allocation::even, Allocation::proportional,
                                              Allocation::borrow_only};

/// `even`, `proportional`, `borrow-only`.
[[nodiscard]] std::string_view allocation_name(Allocation allocation) noexcept;

/// How many instances of a recorder share the traffic, and what reservoirs they have.
struct FleetSettings {
  /// local: each instance has the whole reservoir. central: they share it.
  RuleKind mode = RuleKind::central;
  /// Where a column does not name them: each request goes to any of them alike.
  std::uint64_t instances = 1;
  /// The header of the column that names each request's instance; empty for none.
  std::string column;
  Allocation allocation = Allocation::even;
  /// Whether instances begin without a quota, poll for one, and lose it when it runs out. Otherwise
  /// each has its share from the first second.
  bool startup = false;
  /// Of everything that is drawn.
  std::uint64_t seed = 1;

  [[nodiscard]] bool has_column() const noexcept { return !column.empty(); }
};

/// The reservoirs of `instances` instances alike, for a rule with a reservoir of `size`.
[[nodiscard]] std::vector<ReservoirGroup> reservoir_groups(std::uint64_t size,
                                                           std::uint64_t instances, RuleKind mode,
                                                           Allocation allocation);

/// What one instance had to do with a rule.
struct InstanceDemand {
  std::string_view name;
  std::uint64_t requests = 0;
};

/// The reservoir of each of these instances. The shares of a central rule but under borrow_only add
/// up to `size`; ties go to the name that comes first.
[[nodiscard]] std::vector<std::uint64_t> reservoir_sizes(std::uint64_t size,
                                                         std::span<const InstanceDemand> instances,
                                                         RuleKind mode, Allocation allocation);

}  // namespace dosimeter::sim
