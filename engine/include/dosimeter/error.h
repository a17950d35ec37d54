#pragma once

#include <string>

namespace dosimeter {

/// What went wrong, as a number that programs may store. A number is never reused; a retired one
/// keeps its line.
enum class ErrorCode : int {
  rule_name_empty = 1,
  rate_out_of_range = 2,
  reservoir_size_out_of_range = 3,
  attribute_key_empty = 4,
  attribute_key_repeated = 5,
  boost_cooldown_out_of_range = 6,
  rule_name_repeated = 7,
  too_many_rules = 8,
  pattern_too_long = 9,
  rules_refused_by_recorder = 10,
};

/// Why a value could not be made.
struct Error {
  ErrorCode code;
  /// Expected, then got: `must be between 0 and 1, got 10`. Lower case, no full stop.
  std::string message;
  /// The part of the input it is about, in AWS's words: `FixedRate`, `Attributes.tier`. Never
  /// empty.
  std::string where;
};

}  // namespace dosimeter
