#include "sim/report/boost_bound.h"

#include "sim/predict/cost.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dosimeter::sim {
namespace {

constexpr std::uint64_t kBoostSeconds = 60;
constexpr std::uint64_t kMinutesInAnHour = 60;

/// Seconds of one hour that boosts can cover: those that begin in it, and one that began before.
std::uint64_t boosted_seconds(std::uint64_t cooldown_minutes) {
  if (cooldown_minutes <= 1) return kMinutesInAnHour * kBoostSeconds;
  const std::uint64_t boosts = (kMinutesInAnHour + cooldown_minutes - 1) / cooldown_minutes + 1;
  return std::min(boosts, kMinutesInAnHour) * kBoostSeconds;
}

/// The requests of the busiest seconds of every hour. An hour's entries are in the order of load.
double busiest_requests(std::span<const LoadEntry> entries, std::uint64_t seconds_an_hour) {
  double requests = 0;
  for (std::size_t end = entries.size(); end > 0;) {
    const std::int64_t hour = entries[end - 1].hour;
    std::uint64_t left = seconds_an_hour;
    for (; end > 0 && entries[end - 1].hour == hour; --end) {
      const LoadEntry& entry = entries[end - 1];
      const std::uint64_t seconds = std::min(left, entry.seconds);
      requests += static_cast<double>(seconds) * static_cast<double>(entry.load);
      left -= seconds;
    }
  }
  return requests;
}

}  // namespace

std::vector<BoostBound> boost_bounds(const Report& report) {
  std::vector<BoostBound> bounds;
  const bool boosts = report.fleet.mode == RuleKind::central &&
                      report.rules.recorder().quota.boosted_rate != BoostedRate::ignored;
  if (!boosts) return bounds;
  for (std::size_t i = 0; i < report.rules.rules().size(); ++i) {
    const Rule& rule = report.rules.rules()[i];
    if (!rule.sampling_rate_boost()) continue;
    const RateBoost& boost = *rule.sampling_rate_boost();
    const double more = boost.maximum_rate.value() - rule.fixed_rate().value();
    BoostBound bound;
    bound.rule = i;
    bound.maximum_rate = boost.maximum_rate.value();
    bound.cooldown_minutes = boost.cooldown_window.count();
    const auto cooldown =
        static_cast<std::uint64_t>(std::max<std::int64_t>(boost.cooldown_window.count(), 0));
    bound.recorded = std::max(0.0, more) * busiest_requests(report.replay.rules[i].load.entries(),
                                                            boosted_seconds(cooldown));
    if (report.prediction.month && report.prediction.total.recorded.expected > 0) {
      const double months =
          report.prediction.month->recorded.expected / report.prediction.total.recorded.expected;
      bound.recorded_per_month = bound.recorded * months;
      Prices prices = report.settings.prices;
      prices.free_per_month = 0;
      bound.usd_per_month = bill(*bound.recorded_per_month, prices, 0);
    }
    bounds.push_back(bound);
  }
  return bounds;
}

}  // namespace dosimeter::sim
