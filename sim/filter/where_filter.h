#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/filter/row_condition.h"
#include "sim/log/log_row.h"
#include "sim/replay/row_filter.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// Which rows stay, as the user says with `--where`: those for which every condition holds.
/// Immutable.
///
/// An expression is `FIELD OP VALUE`, joined by `and`: `status >= 500 and method = POST`. Blanks
/// are needed around `and` and behind an unquoted value alone. A value with blanks stands in `'`
/// or `"`; such a quote within it is written twice.
///
/// - Text is compared by `=` and `!=`, as a rule's pattern is under `documented`: `*` and `?` are
///   wildcards, and letter case does not count.
/// - `status`, `count` and `time` are compared by `=`, `!=`, `<`, `<=`, `>` and `>=`. A status is
///   a number or a class, `5xx`; a time is what `--from` takes.
/// - `-` is an absent field: `host = -` keeps the rows without one. All other conditions on an
///   absent field fail, `!=` too.
class WhereFilter final : public RowFilter {
 public:
  explicit WhereFilter(std::vector<RowCondition> conditions) : conditions_(std::move(conditions)) {}

  /// Reads expressions; all of them must hold. Fails with ExitCode::usage, the message beginning
  /// with `--where`, the expression and the place in it. The filter is never null.
  [[nodiscard]] static Result<std::shared_ptr<const WhereFilter>, Failure> parse(
      std::span<const std::string> expressions);

  [[nodiscard]] bool keeps(const LogRow& row) const noexcept override {
    return std::all_of(conditions_.begin(), conditions_.end(),
                       [&](const RowCondition& condition) { return condition.holds(row); });
  }

  [[nodiscard]] bool asks_for(RowField field) const noexcept {
    return std::any_of(conditions_.begin(), conditions_.end(),
                       [&](const RowCondition& condition) { return condition.field == field; });
  }

 private:
  std::vector<RowCondition> conditions_;
};

}  // namespace dosimeter::sim
