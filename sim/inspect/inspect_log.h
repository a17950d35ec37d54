#pragma once

#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>

#include "sim/failure.h"
#include "sim/inspect/inspection.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/request_mapper.h"

#include <cstddef>

namespace dosimeter::sim {

struct InspectConfig {
  RuleSet rules;
  LogSelection logs;
  RequestDefaults defaults;
  /// How many rows to show.
  std::size_t shown_rows = 5;
};

/// Reads logs and says what they hold. Fails as `replay` does.
[[nodiscard]] Result<Inspection, Failure> inspect_log(const InspectConfig& config,
                                                      const ReplayObserver& observer = {});

}  // namespace dosimeter::sim
