#pragma once

#include "sim/log/log_row.h"
#include "sim/replay/occurrence_counter.h"
#include "sim/replay/traffic_scale.h"

#include <cstdint>
#include <optional>

namespace dosimeter::sim {

/// How many requests each row of a log stands for under a TrafficScale.
///
/// Of a row with k requests, sampled, there are `factor * k`: the whole part for certain, and one
/// more with the probability of the rest. Whether it comes is drawn from a hash of the seed, all
/// that the log says of the row, and how many equal rows came before it. Equal rows cannot be told
/// apart, so the order of the log changes no figure as long as OccurrenceCounter remembers them;
/// who draws has to see the rows in the order of the input, on one thread, so that what it forgets
/// does not depend on threads either.
class RowMultiplier {
 public:
  explicit RowMultiplier(const TrafficScale& scale);

  /// Whether any row counts otherwise than it says.
  [[nodiscard]] bool changes() const noexcept { return scale_.changes(); }

  /// At most kMaximumRequests + 1, which is more than any row may count.
  [[nodiscard]] std::uint64_t requests(const LogRow& row);

  /// Where draws may depend on the order of the log.
  [[nodiscard]] bool may_have_repeated() const noexcept {
    return occurrences_ && occurrences_->may_have_repeated();
  }

 private:
  [[nodiscard]] std::uint64_t hash(const LogRow& row) const noexcept;

  TrafficScale scale_;
  std::uint64_t copies_;
  /// Of one more copy.
  double share_;
  std::optional<OccurrenceCounter> occurrences_;
};

}  // namespace dosimeter::sim
