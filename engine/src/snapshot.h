#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/reservoir.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "engine/src/rule_quota.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace dosimeter::detail {

/// A reservoir in place of the one that a rule began with.
struct alignas(64) ReservoirPlace {
  Reservoir reservoir;
};

/// How requests are decided by rules in force.
enum class Sampling : unsigned char {
  whole_reservoirs,
  default_drained,  // the same, and the Default rule's reservoir gives to every request first
  borrowed,         // by a recorder that never spends a quota: one a second
  targets,          // by quotas, and by the rules fallen back on
};

/// Rules in force, with what a decision needs of each beside its patterns. Immutable.
struct Snapshot {
  struct Entry {
    Reservoir* reservoir;  // of the SamplerState, or of `places`
    RuleId rule;
    std::uint32_t reservoir_size;
    double fixed_rate;  // drawn_share
  };

  /// Of a rule whose quota comes from targets.
  struct Assigned {
    bool falls_back;  // none of X-Ray's rules: a stand-in
    bool borrows;
    bool has_quota;
    std::uint32_t quota;
    TimePoint spendable_until;
    double boosted_rate;  // drawn_share
    TimePoint boosted_before;
  };

  Snapshot(RuleSet rules_in_force, Sampling how);
  /// Makes `assigned` and the rates of `entries` from `quotas`.
  void assign();
  /// Gives a rule another reservoir. REQUIRES: all entries are there.
  void put(RuleIndex rule, std::shared_ptr<ReservoirPlace> place);

  RuleSet rules;
  std::vector<Entry> entries = {};  // by RuleIndex, as all that follows
  /// Those of `rules`.
  const ReservoirChoices* choices;
  Sampling sampling;
  // Of Sampling::targets alone:
  std::vector<Assigned> assigned = {};
  std::vector<RuleQuota> quotas = {};
  bool ever_fetched = false;
  TimePoint usable_until = {};
  /// Reservoirs that began anew; nothing where a rule has the one it began with. Empty if none did.
  std::vector<std::shared_ptr<ReservoirPlace>> places = {};
  /// The same as long as the rules are.
  std::uint64_t rules_number = 0;
};

}  // namespace dosimeter::detail
