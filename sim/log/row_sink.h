#pragma once

#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"
#include "sim/log/skip_reason.h"

namespace dosimeter::sim {

/// Takes what a format makes of a block's records, in their order. `at` is the first byte of the
/// record, within the block's text: its line is counted from it where somebody asks.
class RowSink {
 public:
  RowSink() = default;
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;
  virtual ~RowSink() = default;

  /// False where the rest of the block is not wanted. The texts of `row` are views into the block
  /// or the scratch and stay valid as long as both are left alone; `row` itself may be another
  /// after the call.
  [[nodiscard]] virtual bool row(const LogRow& row, const char* at) = 0;
  [[nodiscard]] virtual bool rejected(const RejectedRow& rejected, const char* at) = 0;
  /// A record that is no row.
  virtual void skipped(SkipReason reason, const char* at) = 0;
};

}  // namespace dosimeter::sim
