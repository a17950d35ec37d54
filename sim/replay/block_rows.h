#pragma once

#include "sim/log/log_blocks.h"
#include "sim/log/row_scratch.h"
#include "sim/log/row_sink.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/pass_work.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/row_multiplier.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace dosimeter::sim {

/// Rejects of one reason that are shown.
inline constexpr std::size_t kExamplesOfAReason = 3;

/// A block, and what reading its rows found.
struct BlockInWork {
  HeldBlock held;
  RowScratch scratch;
  std::unique_ptr<BlockResult> result;

  /// The examples have no file, and lines from 0 at the block's start.
  RowCounts counts;
  /// Line feeds.
  std::uint64_t lines = 0;
  /// The latest time of a row.
  std::optional<TimePoint> latest;
  /// The record with which the requests become more than may be, where reading stopped.
  const char* too_many_at = nullptr;
};

/// Reads the rows of a block: counts them, and puts those that are not filtered out to `reader`.
/// Stops at a reject where the selection is strict, and in front of the row with which there would
/// be more than `most_requests`. May be called again for the same block.
void read_rows(BlockInWork& block, const LogSelection& selection, RowMultiplier& multiplier,
               std::uint64_t most_requests, RowReader& reader);

}  // namespace dosimeter::sim
