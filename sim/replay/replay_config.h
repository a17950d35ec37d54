#pragma once

#include <dosimeter/rule_set.h>

#include "sim/replay/log_pass.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/tally.h"

#include <cstddef>

namespace dosimeter::sim {

/// What is replayed, and how. Every value is checked by whoever makes it.
struct ReplayConfig {
  RuleSet rules;
  LogSelection logs;
  RequestDefaults defaults;
  std::size_t reorder_bytes = Tally::kDefaultOpenBytes;
  /// Whether the requests themselves are kept in the order of time, for reservoirs that do not
  /// refill by the calendar second (FleetSettings).
  bool keep_arrivals = false;
};

}  // namespace dosimeter::sim
