#pragma once

#include <dosimeter/rule_set.h>

#include "sim/compare/causes.h"
#include "sim/compare/choice_difference.h"
#include "sim/compare/row_memo.h"
#include "sim/compare/rule_names.h"
#include "sim/log/log_row.h"
#include "sim/replay/request_mapper.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// Finds the choices that make a request change rule between two recorders, by giving recorder A
/// those of recorder B: one alone or, where no single one will do, several.
///
/// Compiles the rules once for each choice and for the last few combinations; memory is bounded by
/// the rules, however long the log. Not thread-safe.
class Attribution {
 public:
  /// `a` and `b` are compiled from `document`, whose rules are in its order, and outlive this.
  Attribution(std::span<const Rule> document, const RuleSet& a, const RuleSet& b,
              const RequestDefaults& defaults, const RuleNames& names);

  [[nodiscard]] const std::vector<ChoiceDifference>& differences() const noexcept {
    return differences_;
  }

  /// The causes of a row whose decider under B is `to`, another than under A. `request` is what A
  /// makes of the row.
  /// Where a choice of B given to A has A's decider become B's, all choices of which that is true,
  /// each enough. Else a set of choices that has this effect together, and does not once any single
  /// one of them is left out: the first choices in the order of the list, without those not needed.
  [[nodiscard]] Causes causes(const LogRow& row, const Request& request, Decider to);

 private:
  /// Recorder A with some of B's choices.
  struct Hybrid {
    RuleSet rules;
    std::vector<Decider> deciders;
    /// Nothing where it sees requests as A does.
    std::optional<RequestMapper> mapper;
  };
  using Choices = std::uint64_t;

  [[nodiscard]] Causes find(const LogRow& row, const Request& request, Decider to);
  [[nodiscard]] bool leads_to(Decider to, Choices choices, const LogRow& row,
                              const Request& request);
  [[nodiscard]] Hybrid& hybrid(Choices choices);
  [[nodiscard]] Hybrid make_hybrid(Choices choices) const;

  std::span<const Rule> document_;
  const RuleSet& a_;
  const RuleSet& b_;
  RequestDefaults defaults_;
  const RuleNames& names_;
  std::vector<ChoiceDifference> differences_;
  /// The differences in match choices.
  Choices match_choices_ = 0;

  std::vector<std::optional<Hybrid>> singles_;
  std::unordered_map<Choices, Hybrid> combinations_;
  MatchScratch scratch_;
  RowMemo<Causes> memo_;
};

}  // namespace dosimeter::sim
