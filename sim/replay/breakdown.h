#pragma once

#include <dosimeter/request.h>

#include "sim/log/log_row.h"
#include "sim/replay/tally_cell.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace dosimeter::sim {

/// Sees the rows of one block that count, on one thread: what a Breakdown needs of them.
class BlockBreakdown {
 public:
  BlockBreakdown() = default;
  BlockBreakdown(const BlockBreakdown&) = delete;
  BlockBreakdown& operator=(const BlockBreakdown&) = delete;
  virtual ~BlockBreakdown() = default;

  /// No cell: upstream had decided, and no rule was asked.
  static constexpr std::uint32_t kNoCell = ~std::uint32_t{0};

  /// Forgets all rows. Called before each block, also where one block is read again.
  virtual void clear() = 0;

  /// A row that is neither filtered out nor late, of row.count requests. `request` is what the
  /// recorder makes of it. `cell` is where the tally counted it: the index of a TallyCell of this
  /// block, of which several may be of one rule, instance and second. `decides` is false where
  /// upstream had decided, whether or not the rules were asked all the same. `rule` is set where it
  /// decides.
  virtual void add(const LogRow& row, const Request& request, std::uint32_t cell, bool decides) = 0;
};

/// Figures by something else than the rule: `--by`. Its parts see blocks on any thread; what they
/// found is merged in the order of the input, so that it is the same at any number of threads.
class Breakdown {
 public:
  virtual ~Breakdown() = default;
  Breakdown(const Breakdown&) = delete;
  Breakdown& operator=(const Breakdown&) = delete;

  /// A part for one block at a time. Called before any thread runs.
  [[nodiscard]] virtual std::unique_ptr<BlockBreakdown> make_part() const = 0;

  /// Takes what `part` saw. Called for each block in the order of the input, never by two threads
  /// at once. `cells` are the block's, by the index that `add` was given; their instances are those
  /// of the whole log.
  virtual void merge(const BlockBreakdown& part, std::span<const TallyCell> cells) = 0;

  /// Seconds before `second` are closed: the counts of their cells are final, and no row of them
  /// will come. `closed` has each (rule, instance, second) once, all with second < `second` that
  /// were not closed before, in no order. Called between merges, and once for all that is left
  /// after the last.
  virtual void close(std::span<const TallyCell> closed, std::int64_t second) = 0;

  /// Bytes held for seconds that are open. Where all breakdowns hold too many, the oldest half of
  /// the open seconds is closed. Asked between merges; the same however many threads there are.
  [[nodiscard]] virtual std::size_t open_bytes() const noexcept { return 0; }

 protected:
  Breakdown() = default;
};

}  // namespace dosimeter::sim
