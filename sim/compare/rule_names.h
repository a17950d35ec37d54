#pragma once

#include <dosimeter/rule_set.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dosimeter::sim {

/// What decides a request, as a number that is the same whatever the order in which a recorder asks
/// the rules.
using Decider = std::uint32_t;
inline constexpr Decider kDecidedUpstream = 0;

/// The names of a document's rules and of what stands in for Default, numbered from 1. Immutable
/// once made.
class RuleNames {
 public:
  explicit RuleNames(std::span<const Rule> document);

  /// By RuleIndex. REQUIRES: a set of the document's rules.
  [[nodiscard]] std::vector<Decider> deciders(const RuleSet& rules) const;

  /// The number of a name. REQUIRES: one of them.
  [[nodiscard]] Decider number(std::string_view name) const;
  /// The rule's name; of kDecidedUpstream `(decided upstream)`.
  [[nodiscard]] std::string_view name(Decider decider) const { return names_[decider]; }
  /// kDecidedUpstream included.
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, Decider> numbers_;
};

}  // namespace dosimeter::sim
