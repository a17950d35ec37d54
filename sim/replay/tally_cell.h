#pragma once

#include <dosimeter/rule_set.h>

#include <cstdint>

namespace dosimeter::sim {

/// One process of a recorder, numbered from 0.
using InstanceIndex = std::uint32_t;

/// How many requests a rule had in one instance in one calendar second.
struct TallyCell {
  /// Since 1970-01-01T00:00:00Z.
  std::int64_t second = 0;
  RuleIndex rule = 0;
  InstanceIndex instance = 0;
  std::uint64_t count = 0;
};

}  // namespace dosimeter::sim
