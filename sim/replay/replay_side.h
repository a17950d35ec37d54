#pragma once

#include <dosimeter/matcher.h>
#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>

#include "sim/failure.h"
#include "sim/log/log_row.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/tally.h"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// What became of one row under one recorder.
struct Placement {
  /// Too late to be counted; nothing else of this holds then.
  bool late = false;
  /// The rule that decided it; nothing where the trace header had.
  std::optional<RuleIndex> rule;
};

/// One recorder and its rules, fed with the rows of a pass. Several may be fed by one. Not
/// thread-safe.
class ReplaySide {
 public:
  /// REQUIRES: reorder_bytes >= Tally::kMinimumOpenBytes.
  /// With `keep_upstream`, arrivals that upstream decided are kept whether or not the recorder puts
  /// them to the rules.
  ReplaySide(RuleSet rules, const RequestDefaults& defaults, std::size_t reorder_bytes,
             bool keep_arrivals = false, bool keep_upstream = false);

  /// Puts the row to the rules and counts it.
  Placement put(const LogRow& row, bool out_of_order);

  /// The request that the last row was to this recorder. Valid until the next call of `put` and as
  /// long as the row.
  [[nodiscard]] const Request& request() const noexcept { return request_; }
  [[nodiscard]] const RuleSet& rules() const noexcept { return matcher_.rules(); }

  /// What the pass and this side found. REQUIRES: the pass has run. Fails with usage where there
  /// are more instances or arrivals than are kept.
  [[nodiscard]] Result<ReplayResult, Failure> finish(const LogPass& pass) &&;

 private:
  [[nodiscard]] Placement put_to_the_rules(const LogRow& row);
  [[nodiscard]] InstanceIndex instance_of(const LogRow& row);
  void keep_arrival(const LogRow& row, RuleIndex rule, InstanceIndex instance, bool decides);
  [[nodiscard]] bool breaks_the_recorder() const;
  void extend_span(const LogRow& row);

  Matcher matcher_;
  RequestMapper mapper_;
  Tally tally_;
  Request request_;
  RequestCounts counts_;
  std::optional<InputSpan> span_;
  std::vector<RuleTally> results_;
  std::array<bool, kFieldCount> field_seen_{};
  std::unordered_map<std::string, InstanceIndex> instances_;
  std::vector<std::string> instance_names_;
  /// Of the last row.
  InstanceIndex instance_ = 0;
  bool instance_missing_ = false;
  bool too_many_instances_ = false;
  bool keep_arrivals_;
  bool keep_upstream_;
  bool consults_rules_;
  bool too_many_arrivals_ = false;
  Arrivals arrivals_;
  std::uint64_t upstream_consulted_ = 0;
  bool patterns_are_ascii_;
};

}  // namespace dosimeter::sim
