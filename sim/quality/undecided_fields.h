#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>

#include <array>
#include <memory>
#include <vector>

namespace dosimeter::sim {

/// One bit for each Field.
using FieldBits = unsigned;

[[nodiscard]] constexpr FieldBits bit_of(Field field) noexcept {
  return FieldBits{1} << static_cast<unsigned>(field);
}

/// Whether a field that a request does not have would have mattered: whether its rule depends on
/// the text that is not there, whatever the recorder makes of its absence. Immutable.
class UndecidedFields {
 public:
  explicit UndecidedFields(const RuleSet& rules);

  /// The fields for which some rule has a pattern that is not `*`: the others decide nothing.
  [[nodiscard]] FieldBits asked() const noexcept { return asked_; }

  /// The absent fields of the request that would have mattered, each by itself, with the others as
  /// they are. Allocates nothing.
  [[nodiscard]] FieldBits undecided(const Request& request, MatchScratch& scratch) const noexcept;

 private:
  /// The rules as they would be, did every pattern of the field match; and without those that have
  /// one. A request is undecided where the two give different rules.
  struct Sides {
    RuleSet all;
    RuleSet open;
    /// In `all` the place of each rule of `open`.
    std::vector<RuleIndex> place_in_all;
  };

  FieldBits asked_ = 0;
  std::array<std::unique_ptr<const Sides>, kFieldCount> sides_;
};

}  // namespace dosimeter::sim
