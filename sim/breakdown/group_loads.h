#pragma once

#include "sim/replay/tally_cell.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// Requests of a group that one rule decided in one instance, in seconds in which that rule had
/// `load` requests there.
struct GroupLoad {
  RuleIndex rule = 0;
  InstanceIndex instance = 0;
  std::uint64_t load = 0;
  std::uint64_t requests = 0;

  friend bool operator==(const GroupLoad&, const GroupLoad&) = default;
};

/// One line of a table: the requests that share an endpoint, a status class or an hour. What a
/// reservoir of size R is expected to take of them is the sum of requests * min(load, R) / load, as
/// the order of requests within a second is anyone's.
struct GroupTraffic {
  /// Of an endpoint, as EndpointText has it; elsewhere the class's name.
  std::string name;
  /// Of an hour: since 1970-01-01T00:00Z.
  std::int64_t hour = 0;
  /// That the trace header decided, in none of the loads.
  std::uint64_t upstream_decided = 0;
  /// In the order of rule, instance, load; each once.
  std::vector<GroupLoad> loads;

  /// Those that a rule decided.
  [[nodiscard]] std::uint64_t matched() const noexcept {
    std::uint64_t sum = 0;
    for (const GroupLoad& load : loads) sum += load.requests;
    return sum;
  }
};

/// What tables were asked for; nothing where one was not. Groups without a request are left out.
struct GroupedTraffic {
  /// In the order of first appearance.
  std::optional<std::vector<GroupTraffic>> by_endpoint;
  /// Of all endpoints past those that are told apart: part of the table, without a name. Empty
  /// where there were none.
  std::optional<GroupTraffic> other_endpoints;
  /// In the order of StatusClass.
  std::optional<std::vector<GroupTraffic>> by_status;
  /// In the order of time.
  std::optional<std::vector<GroupTraffic>> by_hour;
};

}  // namespace dosimeter::sim
