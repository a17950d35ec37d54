#pragma once

#include <dosimeter/matcher.h>
#include <dosimeter/rule_set.h>

#include "sim/log/known_row.h"
#include "sim/log/log_row.h"
#include "sim/quality/undecided_fields.h"
#include "sim/replay/block_side.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/request_memo.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dosimeter::sim {

/// What a side makes of requests, whoever reads them. Immutable; all threads share one.
struct SideRules {
  SideRules(RuleSet rules, RequestDefaults defaults, bool keep_arrivals, bool keep_upstream);

  RuleSet rules;
  UndecidedFields undecided;
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
  void put(const LogRow& row, bool earlier, BlockSide& block);

  /// As `put` for each row, of keys that `expect` knew; says nothing of their placement. REQUIRES:
  /// no breakdowns.
  void put_known(std::span<const KnownRow> rows, BlockSide& block);

  /// What became of the row that was put last.
  [[nodiscard]] const Placement& placement() const noexcept { return placement_; }

  /// As RowSink's: the rows that are put next are those of these keys, and have their numbers.
  [[nodiscard]] bool wants_keys() const noexcept { return memo_.is_asked(); }
  [[nodiscard]] std::uint32_t expect(std::span<const RowKey> keys) noexcept {
    known_ = memo_.find_all(keys, answers_);
    return known_;
  }

  /// What the recorder makes of a row. Valid until the next call of any function and as long as the
  /// row.
  [[nodiscard]] Request request(const LogRow& row) { return mapper_.map(row); }

 private:
  [[nodiscard]] bool put_to_the_rules(const LogRow& row, BlockSide& block);
  void put_decided(const LogRow& row, BlockSide& block);
  [[nodiscard]] RequestAnswer answer(const LogRow& row);
  [[nodiscard]] RequestAnswer ask(const Request& request);
  [[nodiscard]] RowKey key_of(const LogRow& row) noexcept;
  [[nodiscard]] bool breaks_the_recorder(const Request& request) const;

  const SideRules& rules_;
  Matcher matcher_;
  MatchScratch scratch_;
  RequestMapper mapper_;
  RequestMemo memo_;
  /// A member, as rows come too fast to hand it around.
  Placement placement_;
  std::array<char, RequestMemo::kMostKeyBytes> key_;
  /// What is known of the keys that are expected, one bit for each that is.
  std::uint32_t known_ = 0;
  RequestMemo::Answers answers_;
};

}  // namespace dosimeter::sim
