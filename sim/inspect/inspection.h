#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "sim/log/log_blocks.h"
#include "sim/log/log_notice.h"
#include "sim/quality/row_quality.h"
#include "sim/replay/replay_result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// One of a log's first rows, as the recorder's rules see its request.
struct ShownRow {
  std::string file;
  std::uint64_t line = 0;
  TimePoint time;
  /// By Field.
  std::array<std::optional<std::string>, kFieldCount> fields;
  UpstreamDecision upstream = UpstreamDecision::none;
  /// The rule it is put to.
  RuleIndex rule = 0;
  std::uint64_t count = 1;
};

/// What logs turned out to be.
struct Inspection {
  RuleSet rules;
  /// What formats were met and why, in the order they were met.
  std::vector<FormatUse> formats;
  RowCounts rows;
  std::uint64_t upstream_decided = 0;
  std::uint64_t out_of_order_rows = 0;
  std::optional<InputSpan> span;
  RowQuality quality;
  std::vector<ShownRow> first_rows;
  std::vector<LogNotice> notices;
  /// Stopped before the end.
  bool partial = false;
};

}  // namespace dosimeter::sim
