#pragma once

#include <dosimeter/result.h>

namespace dosimeter {

/// A share of requests between 0 and 1, both included. A fraction, as `FixedRate` is in AWS's JSON;
/// the console shows the same value as a percentage.
class Rate {
 public:
  /// Errors: rate_out_of_range for anything outside [0, 1], not-a-number included; `where` is
  /// `Rate`, for callers to say whose.
  static Result<Rate> from(double fraction);

  [[nodiscard]] double value() const noexcept { return value_; }
  friend bool operator==(Rate, Rate) noexcept = default;

 private:
  explicit Rate(double value) noexcept : value_(value) {}
  double value_;
};

}  // namespace dosimeter
