#pragma once

#include "sim/log/reject_reason.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// Longer records are rejected: bytes, without the line feed.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;
/// Inputs and lines that hold many rows, as traces do, may be so long.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;
/// Bytes that are read and matched at a time, whole records of them.
inline constexpr std::size_t kReadBlockBytes = std::size_t{256} << 10;

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
  /// Line feeds in front of the block that are in no block of its file: those of the header.
  std::uint64_t lines_before = 0;
  /// The whole block is one record that cannot be read, and why; `text` is its front, and the
  /// record is one line, ended or not.
  std::optional<RejectReason> rejected;
};

}  // namespace dosimeter::sim
