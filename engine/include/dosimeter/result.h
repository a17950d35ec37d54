#pragma once

#include <dosimeter/error.h>

#include <cstddef>
#include <exception>
#include <utility>
#include <variant>

namespace dosimeter {

/// A `T`, or the `E` that says why there is none. Member names follow `std::expected`; to ask for
/// the one that is not there ends the program (std::terminate) in every build.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// REQUIRES: has_value().
  [[nodiscard]] const T& value() const& noexcept { return require<0>(state_); }
  [[nodiscard]] T& value() & noexcept { return require<0>(state_); }
  [[nodiscard]] T&& value() && noexcept { return std::move(require<0>(state_)); }

  /// REQUIRES: !has_value().
  [[nodiscard]] const E& error() const& noexcept { return require<1>(state_); }
  [[nodiscard]] E&& error() && noexcept { return std::move(require<1>(state_)); }

 private:
  template <std::size_t index, typename State>
  static auto& require(State& state) noexcept {
    auto* held = std::get_if<index>(&state);
    if (held == nullptr) std::terminate();
    return *held;
  }

  std::variant<T, E> state_;
};

}  // namespace dosimeter
