#include "sim/predict/fleet_model.h"

#include <dosimeter/reservoir.h>

#include "sim/predict/reservoir_replay.h"
#include "sim/predict/routed_takes.h"
#include "sim/predict/started_replay.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr std::chrono::milliseconds kHalfSecond{500};

/// Routings that are tried where figures are simulated: as many as a log's requests allow.
constexpr std::uint64_t kFewestRoutings = 8;
constexpr std::uint64_t kMostRoutings = 64;
constexpr std::uint64_t kRoutedRequests = 10'000'000;
/// For a line of a table.
constexpr std::uint64_t kFewestQuickRoutings = 3;
constexpr std::uint64_t kQuicker = 10;

bool refills_by_the_second(ReservoirWindow window) noexcept {
  return window == ReservoirWindow::calendar_second || window == ReservoirWindow::rounded_second;
}

/// What is counted on several routings: means, and the variance among them.
FleetTakes simulated(const std::vector<CountedTakes>& counts) {
  const double n = static_cast<double>(counts.size());
  RandomTakes random;
  double borrowed = 0;
  for (const CountedTakes& count : counts) {
    random.taken += static_cast<double>(count.taken);
    random.refused += static_cast<double>(count.refused);
    borrowed += static_cast<double>(count.borrowed);
  }
  random.taken /= n;
  random.refused /= n;
  for (const CountedTakes& count : counts) {
    const double distance = static_cast<double>(count.taken) - random.taken;
    random.variance += distance * distance / (n - 1);
  }
  random.standard_error = std::sqrt(random.variance / n);
  return {{}, random, borrowed / n, Method::simulated};
}

FleetTakes counted(const CountedTakes& count) {
  return {{count.taken, count.refused},
          std::nullopt,
          static_cast<double>(count.borrowed),
          Method::replayed};
}

}  // namespace

bool needs_arrivals(const ReservoirBehaviour& behaviour, const FleetSettings& settings) {
  const ReservoirChoices& choices = behaviour.choices;
  return settings.startup || choices.window != ReservoirWindow::calendar_second ||
         choices.default_reservoir == DefaultReservoir::drained_by_all ||
         choices.decided_upstream == DecidedUpstream::consults_rules;
}

FleetModel::FleetModel(const RuleSet& rules, const ReplayResult& replay,
                       const FleetSettings& settings, const ReservoirBehaviour& behaviour,
                       std::function<bool()> stop)
    : rules_(rules),
      replay_(replay),
      settings_(settings),
      behaviour_(behaviour),
      stop_(std::move(stop)),
      has_quotas_(settings.mode == RuleKind::central && behaviour.quota.use == QuotaUse::used),
      borrows_only_(settings.mode == RuleKind::central && !has_quotas_),
      placement_matters_(behaviour.choices.window != ReservoirWindow::calendar_second &&
                         replay.span && replay.span->time_digits == 0) {
  for (const Rule& rule : rules.rules()) {
    rates_.push_back(Rate::from(drawn_share(rule.fixed_rate(), behaviour.choices.draw)).value());
  }
}

FleetCase FleetModel::main_case() const noexcept {
  FleetCase fleet;
  fleet.instances = settings_.instances;
  fleet.by_column = settings_.has_column();
  fleet.allocation = settings_.allocation;
  if (placement_matters_) fleet.placement = StampPlacement::even;
  return fleet;
}

FleetModel::Way FleetModel::way() const noexcept {
  if (settings_.startup) return Way::started;
  const ReservoirChoices& choices = behaviour_.choices;
  const bool upstream_counts = choices.decided_upstream == DecidedUpstream::consults_rules &&
                               replay_.arrivals.decided_upstream() > 0;
  // Loads with what upstream decided are of no use to a recorder that does not put it to the rules.
  if (!refills_by_the_second(choices.window) || upstream_counts || replay_.upstream_consulted > 0 ||
      choices.default_reservoir == DefaultReservoir::drained_by_all) {
    return Way::replayed;
  }
  return choices.window == ReservoirWindow::calendar_second ? Way::closed_form
                                                            : Way::closed_form_of_rounded;
}

void FleetModel::set_traffic(const FleetCase& fleet, PredictionInput& input) {
  FleetCase used = fleet;
  if (borrows_only_) used.allocation = Allocation::borrow_only;
  const Way chosen = way();
  if (chosen == Way::closed_form_of_rounded) load_rounded_seconds(used.placement);
  input.routing_variance.reset();
  input.routing_error.reset();
  std::vector<FleetTakes> takes;
  if (chosen == Way::replayed || chosen == Way::started) takes = replayed(used, input);

  input.rules.clear();
  for (std::size_t i = 0; i < replay_.rules.size(); ++i) {
    const RuleTally& tally = replay_.rules[i];
    RuleTraffic rule{tally.matched, tally.load.entries(), rules_.rules()[i].reservoir_size(),
                     rates_[i]};
    if (!takes.empty()) {
      rule.takes = takes[i];
    } else if (chosen == Way::closed_form_of_rounded) {
      rule.takes = closed_form(i, used, rounded_[i].all, rounded_[i].instances);
    } else {
      rule.takes = closed_form(i, used, tally.load, tally.instance_loads);
    }
    input.rules.push_back(std::move(rule));
  }
}

std::vector<std::uint64_t> FleetModel::named_sizes(std::size_t rule, Allocation allocation) const {
  const std::vector<LoadHistogram>& loads = replay_.rules[rule].instance_loads;
  std::vector<InstanceDemand> demands;
  for (std::size_t i = 0; i < replay_.instances.size(); ++i) {
    demands.push_back({replay_.instances[i], i < loads.size() ? loads[i].requests() : 0});
  }
  return reservoir_sizes(rules_.rules()[rule].reservoir_size(), demands, settings_.mode,
                         allocation);
}

FleetTakes FleetModel::closed_form(std::size_t rule, const FleetCase& fleet,
                                   const LoadHistogram& all,
                                   const std::vector<LoadHistogram>& instances) const {
  FleetTakes takes;
  if (fleet.by_column) {
    const std::vector<std::uint64_t> sizes = named_sizes(rule, fleet.allocation);
    for (std::size_t i = 0; i < instances.size(); ++i) {
      const ReservoirTakes one = reservoir_takes(instances[i].entries(), sizes[i]);
      takes.takes.taken += one.taken;
      takes.takes.refused += one.refused;
    }
  } else {
    RoutedTakes routed(reservoir_groups(rules_.rules()[rule].reservoir_size(), fleet.instances,
                                        settings_.mode, fleet.allocation));
    const TakesMoments moments = routed.of_log(all.entries());
    const double requests = static_cast<double>(all.requests());
    if (moments.variance > 0) {
      takes.random = RandomTakes{moments.taken, requests - moments.taken, moments.variance, {}};
      takes.method = Method::approximate;
    } else {
      takes.takes.taken = static_cast<std::uint64_t>(std::llround(moments.taken));
      takes.takes.refused = all.requests() - takes.takes.taken;
    }
  }
  if (settings_.mode == RuleKind::central && fleet.allocation == Allocation::borrow_only) {
    takes.borrowed = takes.random ? takes.random->taken : static_cast<double>(takes.takes.taken);
  }
  return takes;
}

TakenShares FleetModel::taken_shares(const FleetCase& fleet, const PredictionInput& input) const {
  const std::size_t rules = rules_.rules().size();
  if (way() != Way::closed_form) {
    TakenShares::Flat flat;
    for (const RuleTraffic& rule : input.rules) {
      const RuleTakes takes{rule.takes->takes, rule.rate, rule.takes->random};
      const double all = takes.taken() + takes.refused();
      flat.push_back(all > 0 ? takes.taken() / all : 0);
    }
    return TakenShares(std::move(flat));
  }
  const Allocation allocation = borrows_only_ ? Allocation::borrow_only : fleet.allocation;
  if (fleet.by_column) {
    TakenShares::Sizes sizes;
    for (std::size_t i = 0; i < rules; ++i) sizes.push_back(named_sizes(i, allocation));
    return TakenShares(std::move(sizes));
  }
  TakenShares::Routed routed;
  for (const Rule& rule : rules_.rules()) {
    routed.emplace_back(
        reservoir_groups(rule.reservoir_size(), fleet.instances, settings_.mode, allocation));
  }
  return TakenShares(std::move(routed));
}

void FleetModel::load_rounded_seconds(StampPlacement placement) {
  // Never folds early: what it holds at once is a few seconds' cells and no more than all of them.
  Tally tally(replay_.rules.size(), std::size_t{1} << 40);
  for_each_request(
      replay_.arrivals.entries(), placement, [&](const Arrival& arrival, TimePoint time) {
        static_cast<void>(tally.add(arrival.rule, arrival.instance, time + kHalfSecond, 1));
      });
  rounded_ = std::move(tally).finish();
}

std::vector<FleetTakes> FleetModel::replayed(const FleetCase& fleet, PredictionInput& input) const {
  const bool routed = !fleet.by_column && fleet.instances > 1;
  const std::uint64_t instances =
      fleet.by_column ? std::max<std::uint64_t>(replay_.instances.size(), 1) : fleet.instances;
  ReservoirSizes sizes;
  for (std::size_t rule = 0; rule < rules_.rules().size(); ++rule) {
    std::vector<std::uint32_t> of_rule;
    if (fleet.by_column) {
      for (const std::uint64_t size : named_sizes(rule, fleet.allocation)) {
        of_rule.push_back(static_cast<std::uint32_t>(size));
      }
    } else {
      for (const ReservoirGroup& group :
           reservoir_groups(rules_.rules()[rule].reservoir_size(), instances, settings_.mode,
                            fleet.allocation)) {
        of_rule.insert(of_rule.end(), static_cast<std::size_t>(group.instances),
                       static_cast<std::uint32_t>(group.size));
      }
    }
    of_rule.resize(static_cast<std::size_t>(instances));
    sizes.push_back(std::move(of_rule));
  }

  ReplayedFleet replay{replay_.arrivals.entries(), fleet.placement, instances, std::nullopt};
  const auto run = [&] {
    if (way() == Way::started)
      return replay_started(replay, rules_, behaviour_, sizes, fleet.allocation);
    const bool borrows =
        settings_.mode == RuleKind::central && fleet.allocation == Allocation::borrow_only;
    return replay_reservoirs(replay, behaviour_.choices, sizes, rules_.fallback_index(), borrows);
  };
  std::vector<FleetTakes> takes;
  if (!routed) {
    for (const CountedTakes& count : run()) takes.push_back(counted(count));
    return takes;
  }
  const std::uint64_t requests = std::max<std::uint64_t>(replay_.arrivals.requests(), 1);
  const std::uint64_t affordable = kRoutedRequests / requests;
  const std::uint64_t routings =
      fleet.quick ? std::clamp(affordable / kQuicker, kFewestQuickRoutings, kFewestRoutings)
                  : std::clamp(affordable, kFewestRoutings, kMostRoutings);
  std::vector<std::vector<CountedTakes>> by_rule(rules_.rules().size());
  for (std::uint64_t i = 0; i < routings; ++i) {
    if (i >= 2 && stop_()) break;
    replay.routing_seed = settings_.seed * kMostRoutings + i;
    const std::vector<CountedTakes> counts = run();
    for (std::size_t rule = 0; rule < counts.size(); ++rule) {
      by_rule[rule].push_back(counts[rule]);
    }
  }
  for (const std::vector<CountedTakes>& counts : by_rule) takes.push_back(simulated(counts));
  if (behaviour_.choices.default_reservoir == DefaultReservoir::drained_by_all) {
    set_routing_variance(by_rule, input);
  }
  return takes;
}

/// Where rules drain one reservoir, what they take is not independent: of each routing the traces
/// of all rules that its takes come to.
void FleetModel::set_routing_variance(const std::vector<std::vector<CountedTakes>>& by_rule,
                                      PredictionInput& input) const {
  const std::size_t routings = by_rule.front().size();
  std::vector<double> traces(routings);
  double mean = 0;
  for (std::size_t i = 0; i < routings; ++i) {
    for (std::size_t rule = 0; rule < by_rule.size(); ++rule) {
      traces[i] += static_cast<double>(by_rule[rule][i].taken) * (1 - rates_[rule].value());
    }
    mean += traces[i] / static_cast<double>(routings);
  }
  double variance = 0;
  for (const double figure : traces) {
    variance += (figure - mean) * (figure - mean) / static_cast<double>(routings - 1);
  }
  input.routing_variance = variance;
  input.routing_error = std::sqrt(variance / static_cast<double>(routings));
}

}  // namespace dosimeter::sim
