#include "sim/report/boost_bound.h"

#include "sim/predict/cost.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Calendar seconds that a minute touches where it begins within one.
constexpr std::uint64_t kBoostSeconds = 61;
constexpr double kSecondsInAMinute = 60;
constexpr double kSecondsInAnHour = 3600;

/// How many boosts can touch so long a time: those that begin in it, and one that began before. The
/// pause counts from the beginning of one boost to that of the next, and is never shorter than one.
double most_boosts(double seconds, std::int64_t cooldown_minutes) {
  const double pause = std::max<double>(1, static_cast<double>(cooldown_minutes));
  return std::ceil(seconds / (pause * kSecondsInAMinute)) + 1;
}

/// The requests of the `seconds` busiest of these.
double busiest_requests(std::vector<LoadEntry> entries, double seconds) {
  std::sort(entries.begin(), entries.end(),
            [](const LoadEntry& a, const LoadEntry& b) { return a.load > b.load; });
  double requests = 0;
  for (const LoadEntry& entry : entries) {
    const double taken = std::min(seconds, static_cast<double>(entry.seconds));
    requests += taken * static_cast<double>(entry.load);
    seconds -= taken;
  }
  return requests;
}

/// Of every hour the busiest seconds that its boosts can cover.
std::vector<LoadEntry> boostable(std::span<const LoadEntry> entries,
                                 std::int64_t cooldown_minutes) {
  const double an_hours = most_boosts(kSecondsInAnHour, cooldown_minutes) * kBoostSeconds;
  const auto seconds_an_hour = static_cast<std::uint64_t>(std::min(an_hours, kSecondsInAnHour));
  std::vector<LoadEntry> chosen;
  // An hour's entries are in the order of load.
  for (std::size_t end = entries.size(); end > 0;) {
    const std::int64_t hour = entries[end - 1].hour;
    std::uint64_t left = seconds_an_hour;
    for (; end > 0 && entries[end - 1].hour == hour; --end) {
      const LoadEntry& entry = entries[end - 1];
      const std::uint64_t seconds = std::min(left, entry.seconds);
      if (seconds > 0) chosen.push_back({hour, entry.load, seconds});
      left -= seconds;
    }
  }
  return chosen;
}

/// What boosts add to the log at most, in requests that they can reach.
double reached(std::span<const LoadEntry> entries, double span_seconds,
               std::int64_t cooldown_minutes) {
  return busiest_requests(boostable(entries, cooldown_minutes),
                          most_boosts(span_seconds, cooldown_minutes) * kBoostSeconds);
}

/// The same of a month that is the log over and over: no boost is better than in the busiest
/// minute's worth of seconds.
double reached_in_month(std::span<const LoadEntry> entries, double in_log, double months,
                        const Report& report, std::int64_t cooldown_minutes) {
  const double boosts =
      most_boosts(report.settings.month_hours * kSecondsInAnHour, cooldown_minutes);
  const double each =
      busiest_requests({entries.begin(), entries.end()}, static_cast<double>(kBoostSeconds));
  return std::min(in_log * months, boosts * each);
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
    const std::span<const LoadEntry> load = report.replay.rules[i].load.entries();
    const double span = report.replay.span ? report.replay.span->seconds().value_or(0) : 0;
    const double in_log = reached(load, span, bound.cooldown_minutes);
    bound.recorded = std::max(0.0, more) * in_log;
    if (report.prediction.month) {
      const double months = report.settings.month_hours * kSecondsInAnHour / span;
      bound.recorded_per_month =
          std::max(0.0, more) *
          reached_in_month(load, in_log, months, report, bound.cooldown_minutes);
      Prices prices = report.settings.prices;
      prices.free_per_month = 0;
      bound.usd_per_month = bill(*bound.recorded_per_month, prices, 0);
    }
    bounds.push_back(bound);
  }
  return bounds;
}

}  // namespace dosimeter::sim
