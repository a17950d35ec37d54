#include "engine/src/rule_quota.h"

#include "engine/src/clock_reading.h"

#include <algorithm>

namespace dosimeter::detail {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kInstant(1);
constexpr std::int64_t kSecondsOfRules = 3600;
constexpr std::int64_t kMillisecondsPerSecond = 1000;

std::uint32_t checked_quota(std::int64_t quota) noexcept {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(quota, 0, kMaximumReservoirSize));
}

/// `time` later by some nanoseconds, no later than there are times.
TimePoint later(TimePoint time, nanoseconds by) noexcept {
  return time > TimePoint::max() - by ? TimePoint::max() : time + by;
}

/// The time that the clock would have told: rounded down, but for the first seconds of all time.
TimePoint as_told(TimePoint time, std::int64_t steps_per_second) noexcept {
  const std::int64_t step = kNanosecondsPerSecond / steps_per_second;
  const std::int64_t count = nanoseconds_of(time);
  const std::int64_t rest = count % step;
  return TimePoint(nanoseconds(count - (rest < 0 ? rest + step : rest)));
}

}  // namespace

RuleQuota::RuleQuota(const Rule& rule)
    : rate(rule.fixed_rate()), has_reservoir(rule.reservoir_size() > 0) {}

void RuleQuota::apply(const SamplingTarget& target, const QuotaChoices& choices, ClockReading clock,
                      Rate own_rate, TimePoint now) noexcept {
  had_target = true;
  if (target.fixed_rate) rate = *target.fixed_rate;
  if (target.reservoir_quota) {
    quota = checked_quota(*target.reservoir_quota);
  } else {
    switch (choices.absent_quota) {
      case AbsentQuota::keeps_last:
        break;
      case AbsentQuota::keeps_last_or_zero:
        quota = quota.value_or(0);
        break;
      case AbsentQuota::is_zero:
        quota = 0;
        break;
      case AbsentQuota::is_one:
        quota = has_reservoir ? 1 : 0;
        break;
    }
  }
  if (target.quota_expiry) {
    spendable_until = last_instant(*target.quota_expiry, choices.expiry, clock, now);
  } else if (choices.absent_expiry == AbsentExpiry::expired) {
    spendable_until.reset();
  }
  const bool boosts = choices.boosted_rate != BoostedRate::ignored && target.boost_rate &&
                      target.boost_expiry &&
                      (choices.boosted_rate != BoostedRate::replaces_lower_rate ||
                       target.boost_rate->value() >= rate.value());
  boosted_rate = boosts ? target.boost_rate : std::nullopt;
  if (boosts) {
    boosted_before = *target.boost_expiry;
  } else if (choices.boosted_rate == BoostedRate::replaces_from_target_on) {
    boosted_rate = own_rate;
    boosted_before = as_told(now, readings_per_second(clock));
  }
}

TimePoint last_instant(TimePoint expiry, QuotaExpiry choice, ClockReading clock,
                       TimePoint now) noexcept {
  switch (choice) {
    case QuotaExpiry::through_its_instant:
      break;
    case QuotaExpiry::before_its_instant:
      return as_told(expiry, readings_per_second(clock)) - kInstant;
    case QuotaExpiry::before_its_instant_by_milliseconds:
      return later(as_told(expiry, kMillisecondsPerSecond),
                   now - as_told(now, kMillisecondsPerSecond)) -
             kInstant;
    case QuotaExpiry::through_its_second:
      return later(as_told(expiry, 1), std::chrono::seconds(1) - kInstant);
    case QuotaExpiry::through_start_of_its_second:
      return as_told(expiry, 1);
  }
  return expiry;
}

TimePoint last_instant_of_rules(TimePoint fetched, StaleRules choice, ClockReading clock) noexcept {
  constexpr std::chrono::seconds kAge(kSecondsOfRules);
  switch (choice) {
    case StaleRules::after_an_hour: {
      const std::int64_t per_second = readings_per_second(clock);
      const nanoseconds step(kNanosecondsPerSecond / per_second);
      return later(as_told(fetched, per_second), kAge + step - kInstant);
    }
    case StaleRules::after_an_hour_of_seconds:
      return later(as_told(fetched, 1), kAge + std::chrono::seconds(1) - kInstant);
    case StaleRules::never:
      break;
  }
  return TimePoint::max();
}

Kept kept_of(const Rule& before, const Rule& after, Rate rate, RefreshKeeps choice,
             bool some_rule_changed) noexcept {
  const auto all_if = [](bool kept) { return Kept{kept, kept, kept}; };
  switch (choice) {
    case RefreshKeeps::reservoir_and_quota:
      return {true, true, false};
    case RefreshKeeps::quota:
      return {false, true, false};
    case RefreshKeeps::all:
      return all_if(true);
    case RefreshKeeps::all_if_unchanged:
      return all_if(same_but_for_rate(before, after) && before.fixed_rate() == after.fixed_rate());
    case RefreshKeeps::all_if_unchanged_and_at_rate:
      return all_if(same_but_for_rate(before, after) && rate == after.fixed_rate());
    case RefreshKeeps::all_if_no_rule_changed:
      return all_if(!some_rule_changed);
    case RefreshKeeps::nothing:
      break;
  }
  return all_if(false);
}

bool same_but_for_rate(const Rule& a, const Rule& b) noexcept {
  return a.name() == b.name() && a.priority() == b.priority() &&
         a.reservoir_size() == b.reservoir_size() && a.version() == b.version() &&
         std::all_of(kFields.begin(), kFields.end(),
                     [&](Field field) { return a.pattern(field) == b.pattern(field); }) &&
         std::is_permutation(a.attributes().begin(), a.attributes().end(), b.attributes().begin(),
                             b.attributes().end(),
                             [](const RuleAttribute& one, const RuleAttribute& other) {
                               return one.key == other.key && one.pattern == other.pattern;
                             });
}

}  // namespace dosimeter::detail
