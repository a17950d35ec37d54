#pragma once

#include <dosimeter/reservoir_choices.h>
#include <dosimeter/rule.h>
#include <dosimeter/sampling_target.h>
#include <dosimeter/time_point.h>

#include <cstdint>
#include <optional>

namespace dosimeter::detail {

/// What a recorder that asks X-Ray knows of a rule beside its definition: what targets have
/// brought.
struct RuleQuota {
  explicit RuleQuota(const Rule& rule);

  /// The definition's, or a target's.
  Rate rate;
  /// Whether the rule had a reservoir when its quota began.
  bool has_reservoir;
  bool had_target = false;
  std::optional<std::uint32_t> quota = {};
  /// The last instant at which the quota may be spent.
  std::optional<TimePoint> spendable_until = {};
  std::optional<Rate> boosted_rate = {};
  TimePoint boosted_before = {};

  /// `own_rate` is the definition's, `now` is when the target came.
  void apply(const SamplingTarget& target, const QuotaChoices& choices, ClockReading clock,
             Rate own_rate, TimePoint now) noexcept;
};

/// The last instant at which a quota with that expiry, which came at `now`, may be spent.
[[nodiscard]] TimePoint last_instant(TimePoint expiry, QuotaExpiry choice, ClockReading clock,
                                     TimePoint now) noexcept;

/// The last instant at which rules asked for at `fetched` may be used.
[[nodiscard]] TimePoint last_instant_of_rules(TimePoint fetched, StaleRules choice,
                                              ClockReading clock) noexcept;

/// What a rule keeps when the rules are fetched anew.
struct Kept {
  bool reservoir;
  bool quota;
  /// And the rate a target brought, and any boost.
  bool rate;
};

/// `before` is the rule of that name until now; `rate` the one it has, by its definition or a
/// target.
[[nodiscard]] Kept kept_of(const Rule& before, const Rule& after, Rate rate, RefreshKeeps choice,
                           bool some_rule_changed) noexcept;

/// Whether all that X-Ray says of the rules is the same, their rates aside.
[[nodiscard]] bool same_but_for_rate(const Rule& a, const Rule& b) noexcept;

}  // namespace dosimeter::detail
