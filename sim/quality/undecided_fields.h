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
  /// they are. Compiles rules, twice as many as there are, when a field that they ask for is absent
  /// for the first time; else allocates nothing.
  [[nodiscard]] FieldBits undecided(const Request& request, MatchScratch& scratch) const;

 private:
  /// The rules as they would be, did every pattern of the field match; and without those that have
  /// one. A request is undecided where the two give different rules.
  struct Sides {
    RuleSet all;
    RuleSet open;
    /// In `all` the place of each rule of `open`.
    std::vector<RuleIndex> place_in_all;
  };

  struct LazySides {
    std::once_flag made;
    std::unique_ptr<const Sides> sides;
  };

  [[nodiscard]] Sides make_sides(Field field) const;
  [[nodiscard]] const Sides& sides_of(Field field) const;

  RuleSet rules_;
  FieldBits asked_ = 0;
  /// Most logs have the fields that rules ask for.
  mutable std::array<LazySides, kFieldCount> sides_;
};

}  // namespace dosimeter::sim
