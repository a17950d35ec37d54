#pragma once

#include "sim/breakdown/group_loads.h"
#include "sim/predict/prediction.h"
#include "sim/predict/routed_takes.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace dosimeter::sim {

/// What share of some requests of a rule its reservoirs are expected to take. Not thread-safe: it
/// remembers what it has computed.
class TakenShares {
 public:
  /// The size of each rule's reservoir in each instance that the log names: [rule][instance].
  /// Windows are calendar seconds.
  using Sizes = std::vector<std::vector<std::uint64_t>>;
  /// By rule, where requests go to any instance alike. Windows are calendar seconds.
  using Routed = std::vector<RoutedTakes>;
  /// By rule, of all its requests alike: elsewhere nothing is known of one group of them.
  using Flat = std::vector<double>;

  explicit TakenShares(Sizes sizes) : shares_(std::move(sizes)) {}
  explicit TakenShares(Routed routed) : shares_(std::move(routed)) {}
  explicit TakenShares(Flat flat) : shares_(std::move(flat)) {}

  /// From 0 to 1. As the order of requests within a second is anyone's, it is that of all requests
  /// of their seconds.
  [[nodiscard]] double of(const GroupLoad& load);

  /// exact: these are the expectations themselves. approximate: they are those of all requests of a
  /// rule.
  [[nodiscard]] Method method() const noexcept {
    return std::holds_alternative<Flat>(shares_) ? Method::approximate : Method::exact;
  }

 private:
  std::variant<Sizes, Routed, Flat> shares_;
};

}  // namespace dosimeter::sim
