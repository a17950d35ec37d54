#pragma once

#include "sim/log/reject_reason.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// Readable bytes behind the end of a block's text, so that whole words can be loaded at it. What
/// they hold is not said.
inline constexpr std::size_t kBlockPadding = 64;

/// A part of an input that holds whole records and nothing else: what one thread reads at a time.
/// Where blocks are cut depends on the input's bytes alone, never on threads, pipes or the sizes of
/// reads.
struct LogBlock {
  /// Starts at a record's first byte and ends behind a record's line feed, or at the input's end.
  /// Followed by kBlockPadding readable bytes. Nothing in it is ever written to.
  std::string_view text;
  /// Which input, from 0.
  std::size_t file = 0;
  /// Quoted fields end with their line, whatever is open: a record before this block had no end.
  bool one_line = false;
  /// The whole block is one record that cannot be read, and why; `text` is its front.
  std::optional<RejectReason> rejected;
};

}  // namespace dosimeter::sim
