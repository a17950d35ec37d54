#pragma once

#include <dosimeter/rate.h>

#include "sim/breakdown/group_loads.h"
#include "sim/predict/prediction.h"
#include "sim/predict/taken_shares.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// What is expected of one line of a table.
struct PredictedGroup {
  /// As in GroupTraffic.
  std::string name;
  std::int64_t hour = 0;
  /// Requests that the trace header decided, and those that a rule did.
  std::uint64_t upstream_decided = 0;
  std::uint64_t matched = 0;
  /// Expectations: of the requests a rule decided, those that reservoirs take, and those of the
  /// rest that the rates do.
  double reservoir_taken = 0;
  double rate_taken = 0;

  [[nodiscard]] std::uint64_t requests() const noexcept { return matched + upstream_decided; }
  [[nodiscard]] double expected() const noexcept { return reservoir_taken + rate_taken; }
  /// The share of what rules decided that is recorded; nothing where they decided nothing.
  [[nodiscard]] std::optional<double> effective_rate() const noexcept {
    if (matched == 0) return std::nullopt;
    return expected() / static_cast<double>(matched);
  }
};

/// Every request is in one of the groups or in `other`.
struct PredictedTable {
  std::vector<PredictedGroup> groups;
  /// Of endpoints past those that are told apart.
  std::optional<PredictedGroup> other;
  /// Of the expectations.
  Method method = Method::exact;
};

/// Those that were asked for.
struct PredictedTables {
  /// Most traces first, of equal ones the one that came first.
  std::optional<PredictedTable> by_endpoint;
  /// 1xx to 5xx, other, none.
  std::optional<PredictedTable> by_status;
  /// In the order of time.
  std::optional<PredictedTable> by_hour;

  [[nodiscard]] bool empty() const noexcept { return !by_endpoint && !by_status && !by_hour; }
};

/// `rates` are the rules', as they are drawn.
[[nodiscard]] PredictedTables predict_tables(GroupedTraffic traffic, TakenShares& shares,
                                             std::span<const Rate> rates);

}  // namespace dosimeter::sim
