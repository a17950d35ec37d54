#pragma once

#include "sim/log/log_row.h"

namespace dosimeter::sim {

/// Which rows are put to the rules at all, besides those between two times: `--where`. Immutable;
/// all threads share one.
class RowFilter {
 public:
  virtual ~RowFilter() = default;
  RowFilter(const RowFilter&) = delete;
  RowFilter& operator=(const RowFilter&) = delete;

  /// A row that is not kept counts among the filtered rows and in no other figure. Looks at the row
  /// as the log has it, before any recorder's view of it. Allocates nothing.
  [[nodiscard]] virtual bool keeps(const LogRow& row) const noexcept = 0;

 protected:
  RowFilter() = default;
};

}  // namespace dosimeter::sim
