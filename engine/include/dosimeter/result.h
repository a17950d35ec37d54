#pragma once

#include <dosimeter/error.h>

#include <cassert>
#include <utility>
#include <variant>

namespace dosimeter {

/// A `T`, or the `E` that says why there is none. Member names follow `std::expected`.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// REQUIRES: has_value().
  [[nodiscard]] const T& value() const& noexcept {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T& value() & noexcept {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && noexcept {
    assert(has_value());
    return std::move(*std::get_if<0>(&state_));
  }

  /// REQUIRES: !has_value().
  [[nodiscard]] const E& error() const noexcept {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, E> state_;
};

}  // namespace dosimeter
