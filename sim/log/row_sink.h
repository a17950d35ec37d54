#pragma once

#include "sim/log/known_row.h"
#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"
#include "sim/log/skip_reason.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace dosimeter::sim {

/// Takes what a format makes of a block's records, in their order. `at` is the first byte of the
/// record, within the block's text: its line is counted from it where somebody asks.
class RowSink {
 public:
  static constexpr std::size_t kMostKeys = 32;

  RowSink() = default;
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;
  virtual ~RowSink() = default;

  /// Whether the keys of the next rows are of use. Asked every few rows.
  [[nodiscard]] virtual bool wants_keys() { return false; }

  /// Rows of these keys, kMostKeys at most, are likely to come next; those without a layout say
  /// nothing. Returns one bit for each, the first the lowest, that is set where the texts that
  /// follow from the key need not be read: they may hold anything.
  [[nodiscard]] virtual std::uint32_t expect(std::span<const RowKey> keys) {
    static_cast<void>(keys);
    return 0;
  }

  /// False where the rest of the block is not wanted. The texts of `row` are views into the block
  /// or the scratch and stay valid as long as both are left alone; `row` itself may be another
  /// after the call.
  [[nodiscard]] virtual bool row(const LogRow& row, const char* at) = 0;

  /// Several rows in their order, of keys whose texts need not be read; they may be changed. As
  /// `row` for each, and faster.
  [[nodiscard]] virtual bool known_rows(std::span<KnownRow> rows) {
    for (const KnownRow& known : rows) {
      if (!row(known.as_row(), known.at)) return false;
    }
    return true;
  }
  [[nodiscard]] virtual bool rejected(const RejectedRow& rejected, const char* at) = 0;
  /// A record that is no row.
  virtual void skipped(SkipReason reason, const char* at) = 0;
};

}  // namespace dosimeter::sim
