#pragma once

#include <dosimeter/rule_set.h>

#include "sim/replay/breakdown.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/tally.h"

#include <cstddef>
#include <memory>
#include <vector>

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
  /// What sees every row that counts, besides. The replay changes them and their owner reads them
  /// afterwards; none of them is anywhere else meanwhile.
  std::vector<std::shared_ptr<Breakdown>> breakdowns = {};
};

}  // namespace dosimeter::sim
