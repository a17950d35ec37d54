#pragma once

#include <dosimeter/pattern.h>

#include "sim/filter/row_field.h"
#include "sim/log/log_row.h"

#include <cstdint>
#include <limits>
#include <variant>

namespace dosimeter::sim {

/// Numbers from `low` to `high`, both included; none where low > high.
struct NumberRange {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool contains(std::int64_t number) const noexcept {
    return number >= low && number <= high;
  }
};

/// The field is absent.
struct NoText {};

/// What a row must be to stay: its field matches the pattern, lies in the range or is absent, or,
/// `negated`, is there and does not. A field that is absent fails every condition but that of
/// being so. Immutable: any number of threads may ask at once.
struct RowCondition {
  RowField field{};
  bool negated = false;
  /// Times are nanoseconds since 1970.
  std::variant<NoText, NumberRange, Pattern> wanted;

  /// Allocates nothing.
  [[nodiscard]] bool holds(const LogRow& row) const noexcept;
};

}  // namespace dosimeter::sim
