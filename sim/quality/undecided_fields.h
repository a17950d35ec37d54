#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>

#include "sim/quality/field_bits.h"

#include <array>
#include <memory>
#include <mutex>
#include <vector>

namespace dosimeter::sim {

/// Whether a field that a request does not have would have mattered: whether its rule depends on
/// the text that is not there, whatever the recorder makes of its absence. Any number of threads
/// may ask at once, each with a scratch of its own.
class UndecidedFields {
 public:
  explicit UndecidedFields(RuleSet rules);

  /// The fields for which some rule has a pattern that is not `*`: the others decide nothing.
  [[nodiscard]] FieldBits asked() const noexcept { return asked_; }

  /// The absent fields of the request that would have mattered, each by itself, with the others as
  /// they are. `rule` is the one it has. May compile the rules once more when a field that they ask
  /// for is absent for the first time; else allocates nothing.
  [[nodiscard]] FieldBits undecided(const Request& request, RuleIndex rule,
                                    MatchScratch& scratch) const;

 private:
  /// The rules as they would be, did every pattern of the field match. A request is undecided where
  /// the first that takes it asks for the field: did its pattern not match, another rule would.
  struct Opened {
    RuleSet rules;
    /// By RuleIndex.
    std::vector<bool> asks;
  };
  struct LazyOpened {
    std::once_flag made;
    std::unique_ptr<const Opened> opened;
  };

  [[nodiscard]] Opened open(Field field) const;
  [[nodiscard]] const Opened& opened(Field field) const;

  RuleSet rules_;
  FieldBits asked_ = 0;
  /// By RuleIndex: the fields for which the rule asks.
  std::vector<FieldBits> asked_by_;
  /// An absent one matches all their patterns already.
  FieldBits open_when_absent_ = 0;
  /// Of the others. Most logs have the fields that rules ask for.
  mutable std::array<LazyOpened, kFieldCount> opened_;
};

}  // namespace dosimeter::sim
