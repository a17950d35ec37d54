#pragma once

namespace dosimeter::sim {

/// What a record turned out to be.
enum class RowKind : unsigned char {
  row,
  rejected,
  /// No row, and nothing is wrong with it: a blank line.
  skipped,
};

}  // namespace dosimeter::sim
