#pragma once

#include <dosimeter/result.h>
#include <dosimeter/rule_set.h>

#include "sim/failure.h"
#include "sim/replay/block_side.h"
#include "sim/replay/breakdown.h"
#include "sim/replay/replay_result.h"
#include "sim/replay/side_reader.h"
#include "sim/replay/tally.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

class LogPass;

/// What `ReplaySide` is to keep besides what every replay does.
struct SideSettings {
  /// Breakdowns may take eight times as much beside, as they hold many groups for each second.
  std::size_t reorder_bytes = Tally::kDefaultOpenBytes;
  bool keep_arrivals = false;
  /// Arrivals that upstream decided are kept whether or not the recorder puts them to the rules.
  bool keep_upstream = false;
  std::vector<std::shared_ptr<Breakdown>> breakdowns = {};
};

/// One recorder and its rules: what the blocks of a pass come to, taken in the order of the input.
/// Several may be fed by one pass. `rules` and `begin` are for any thread at any time, the rest for
/// one at a time.
class ReplaySide {
 public:
  /// REQUIRES: reorder_bytes >= Tally::kMinimumOpenBytes.
  ReplaySide(RuleSet rules, const RequestDefaults& defaults, SideSettings settings);

  [[nodiscard]] const SideRules& rules() const noexcept { return rules_; }

  /// For one block at a time.
  [[nodiscard]] BlockSide make_block() const;
  /// Makes it ready for the rows of a block.
  void begin(BlockSide& block) const {
    block.clear(closed_before_.load(std::memory_order_relaxed));
  }
  /// Whether the block counts no row that is late by now. Where it does, it is to be read again,
  /// from `begin`, before it is taken.
  [[nodiscard]] bool accepts(const BlockSide& block) const noexcept {
    return block.first_second >= tally_.first_open_second();
  }
  /// Counts the block, whose cells then have the log's instances. `before` is the latest time in
  /// front of it in its file. REQUIRES: it is accepted; those before it in the input were taken.
  void take(BlockSide& block, std::optional<TimePoint> before);

  /// What the pass and this side found. REQUIRES: the pass has run. Fails with usage where there
  /// are more instances or arrivals than are kept.
  [[nodiscard]] Result<ReplayResult, Failure> finish(const LogPass& pass) &&;

 private:
  void close_for_breakdowns();
  void name_instances(const BlockSide& block);
  [[nodiscard]] InstanceIndex instance_named(std::string_view name);

  SideRules rules_;
  std::vector<std::shared_ptr<Breakdown>> breakdowns_;
  std::size_t most_breakdown_bytes_;
  Tally tally_;
  /// The tally's first open second, for other threads: a hint, and late.
  std::atomic<std::int64_t> closed_before_;
  RequestCounts counts_;
  std::optional<InputSpan> span_;
  std::vector<RuleTally> results_;
  FieldBits field_seen_ = 0;
  RowQuality quality_;
  std::unordered_map<std::string, InstanceIndex> instances_;
  std::vector<std::string> instance_names_;
  /// By the number the block that is being taken gives them.
  std::vector<InstanceIndex> block_instances_;
  bool instance_missing_ = false;
  bool too_many_instances_ = false;
  bool too_many_arrivals_ = false;
  Arrivals arrivals_;
  std::uint64_t upstream_consulted_ = 0;
};

}  // namespace dosimeter::sim
