#pragma once

#include <dosimeter/document_choices.h>

#include "rules/src/json_value.h"

#include <optional>
#include <string_view>

namespace dosimeter::rules {

/// A number as a recorder reads it.
struct DocumentNumber {
  double value = 0;
  /// Written without fraction and exponent.
  bool digits_alone = true;
};

/// What a number is needed for: text and its like are not the same number everywhere.
enum class NumberUse { rate, whole };

/// The number that a recorder takes `value` for. Nothing where that is no number to it.
std::optional<DocumentNumber> read_number(JsonValue value, NumberUse use,
                                          const DocumentChoices& choices);

/// The largest `fixed_target` a recorder holds, infinity where there is none, and how it is
/// written.
struct TargetLimit {
  double value;
  std::string_view written;
};

TargetLimit largest_target(TargetBound bound) noexcept;

}  // namespace dosimeter::rules
