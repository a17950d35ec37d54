#pragma once

#include <dosimeter/time_point.h>

#include "sim/log/log_row.h"
#include "sim/log/row_key.h"

namespace dosimeter::sim {

/// A row of one request whose texts nobody needs and that has nothing but these and a time: no
/// trace header, no instance, no status that somebody asks for.
struct KnownRow {
  /// As a LogRow's.
  TimePoint time;
  int time_digits;
  /// Its time is before that of a row before it in the block. Set by whoever sees all of them.
  bool earlier = false;
  /// Where the record begins, within the block's text.
  const char* at;
  /// Among those that the sink was last told of.
  const RowKey* key;

  /// Without its texts.
  [[nodiscard]] LogRow as_row() const noexcept {
    LogRow row;
    row.time = time;
    row.time_digits = time_digits;
    row.key = *key;
    return row;
  }
};

}  // namespace dosimeter::sim
