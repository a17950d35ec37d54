#pragma once

#include <dosimeter/matcher.h>
#include <dosimeter/rule_set.h>

#include "sim/log/log_row.h"
#include "sim/replay/block_side.h"
#include "sim/replay/request_mapper.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// What a side makes of requests, whoever reads them. Immutable; all threads share one.
struct SideRules {
  SideRules(RuleSet rules, RequestDefaults defaults, bool keep_arrivals, bool keep_upstream);

  RuleSet rules;
  RequestDefaults defaults;
  bool keep_arrivals;
  bool keep_upstream;
  bool consults_rules;
  bool patterns_are_ascii;
};

/// What became of one row under one recorder.
struct Placement {
  /// Too late to be counted; nothing else of this holds then.
  bool late = false;
  /// The rule that decided it; nothing where the trace header had.
  std::optional<RuleIndex> rule;
};

/// One thread's eyes on one recorder and its rules. Not thread-safe.
class SideReader {
 public:
  /// `rules` outlives it.
  explicit SideReader(const SideRules& rules);

  /// Puts the row to the rules and counts it in `block`. `earlier`: its time is before that of a
  /// row before it in the block. REQUIRES: `block` was cleared for it; the row's texts live as long
  /// as what is in `block`.
  Placement put(const LogRow& row, bool earlier, BlockSide& block);

  /// What the recorder makes of a row. Valid until the next call of any function and as long as the
  /// row.
  [[nodiscard]] Request request(const LogRow& row) { return mapper_.map(row); }

 private:
  [[nodiscard]] Placement put_to_the_rules(const LogRow& row, BlockSide& block);
  [[nodiscard]] bool breaks_the_recorder(const Request& request) const;

  const SideRules& rules_;
  Matcher matcher_;
  RequestMapper mapper_;
};

}  // namespace dosimeter::sim
