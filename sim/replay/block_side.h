#pragma once

#include <dosimeter/request.h>
#include <dosimeter/time_point.h>

#include "sim/quality/minute_set.h"
#include "sim/replay/arrivals.h"
#include "sim/replay/block_cells.h"
#include "sim/replay/breakdown.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/row_sequence.h"
#include "sim/replay/trait_counts.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// What the rows of one block are under one recorder: filled by a SideReader, taken by the
/// ReplaySide. Kept from block to block, so that it allocates little.
struct BlockSide {
  /// For a block whose rows before `closed_before` are late.
  void clear(std::int64_t closed_before);

  /// Seconds before this were closed when the block was read, and the first second of its requests
  /// in the tally.
  std::int64_t closed_before = std::numeric_limits<std::int64_t>::min();
  std::int64_t first_second = std::numeric_limits<std::int64_t>::max();

  BlockCells cells;
  /// Requests in cells that do not decide: rule and how many.
  std::vector<std::pair<RuleIndex, std::uint64_t>> consulted;
  /// out_of_order_rows is in `sequence`.
  RequestCounts counts;
  RowSequence sequence;
  std::optional<InputSpan> span;
  FieldBits field_seen = 0;
  TraitCounts traits;
  /// Of requests that are in no cell.
  MinuteSet minutes;

  /// By the block's own numbers, views into it.
  std::vector<std::string_view> instances;
  std::unordered_map<std::string_view, InstanceIndex> instance_numbers;
  bool instance_missing = false;
  /// Their instances are the block's own numbers.
  std::vector<Arrival> arrivals;
  bool too_many_arrivals = false;

  std::vector<std::unique_ptr<BlockBreakdown>> breakdowns;
};

}  // namespace dosimeter::sim
