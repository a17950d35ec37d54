#pragma once

#include <dosimeter/rule_set.h>

#include "bench/request_list.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace dosimeter::bench {

/// What rules and requests are like. README.md beside this says what each is for.
enum class Set : unsigned char {
  typical,
  same_traffic,
  hit_early,
  hit_late,
  default_only,
  literal,
  wildcard,
  shared_parts,
  new_hosts,
  never_together,
};
inline constexpr std::array<Set, 10> kSets = {
    Set::typical, Set::same_traffic, Set::hit_early,    Set::hit_late,  Set::default_only,
    Set::literal, Set::wildcard,     Set::shared_parts, Set::new_hosts, Set::never_together};

[[nodiscard]] std::string_view set_name(Set set) noexcept;

/// Rules and requests to decide. The same for the same set and count, on every platform.
struct Scenario {
  Set set;
  /// In order of evaluation, without Default.
  std::vector<Rule> rules;
  /// Some 8,000 distinct ones or more: fewer are learned by heart by the branch predictor.
  RequestList requests;

  /// Whether each request's host is to be renewed before it is decided.
  [[nodiscard]] bool renews_hosts() const noexcept { return set == Set::new_hosts; }
};

[[nodiscard]] Scenario make_scenario(Set set, std::size_t rule_count);

/// Compiled by what AWS documents.
[[nodiscard]] RuleSet compiled(const std::vector<Rule>& rules);

}  // namespace dosimeter::bench
