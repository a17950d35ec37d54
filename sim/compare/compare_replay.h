#pragma once

#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>

#include "sim/compare/change_list.h"
#include "sim/compare/choice_difference.h"
#include "sim/compare/rule_names.h"
#include "sim/failure.h"
#include "sim/replay/log_pass.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/tally.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// The same rules, compiled for two recorders, and the logs they are put to.
struct CompareConfig {
  /// The rules in the order of their document.
  std::vector<Rule> document;
  /// Both of the document, and of one kind.
  RuleSet a;
  RuleSet b;
  LogSelection logs;
  RequestDefaults defaults;
  /// Of each recorder.
  std::size_t reorder_bytes = Tally::kDefaultOpenBytes;
  /// Whether requests are kept for reservoirs that do not refill by the calendar second, and with
  /// them those that upstream decided.
  bool keep_arrivals = false;
};

/// More rules than these are compared, but no causes are sought: it takes a copy of them for every
/// choice.
inline constexpr std::size_t kMostAttributedRules = 1000;

/// How many requests a rule lost to others, and won from them.
struct Movement {
  std::uint64_t left = 0;
  std::uint64_t came = 0;
};

/// What both recorders made of one log. A request that is late for either is in no figure of the
/// comparison, though in the other's own.
struct CompareResult {
  ReplayResult a;
  ReplayResult b;
  RuleNames names;
  std::vector<ChoiceDifference> differences;
  std::uint64_t requests = 0;
  std::uint64_t changed = 0;
  /// By Decider.
  std::vector<Movement> movements;
  std::vector<Change> changes;
  /// Of `changed`, those that are in none of the changes.
  std::uint64_t changes_left_out = 0;
  bool causes_sought = true;
};

/// Puts every request of the logs to both recorders' rules in one pass. Fails as a replay does.
[[nodiscard]] Result<CompareResult, Failure> compare_replay(const CompareConfig& config,
                                                            const ReplayObserver& observer = {});

}  // namespace dosimeter::sim
