#pragma once

#include <dosimeter/rule_set.h>

#include "sim/predict/fleet.h"
#include "sim/predict/prediction.h"
#include "sim/predict/reservoir_behaviour.h"
#include "sim/predict/reservoir_replay.h"
#include "sim/predict/taken_shares.h"
#include "sim/replay/replay_result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// What is assumed of the instances in one prediction.
struct FleetCase {
  std::uint64_t instances = 1;
  /// Instead: those that the log names.
  bool by_column = false;
  Allocation allocation = Allocation::even;
  StampPlacement placement = StampPlacement::start;
  /// Whether figures that have to be simulated are to be good, or quick.
  bool quick = false;
};

/// Whether a recorder's reservoirs can only be replayed from the requests themselves.
[[nodiscard]] bool needs_arrivals(const ReservoirBehaviour& behaviour,
                                  const FleetSettings& settings);

/// What the reservoirs of a recorder's instances do with a replayed log. Closed forms where
/// windows are calendar or rounded seconds and each rule has its own reservoir; elsewhere the
/// requests are replayed in time order, and where routing is random that is done for seeded
/// routings. Refers to what it is made of. Not thread-safe.
class FleetModel {
 public:
  /// Where `stop` says so, figures that are simulated rest on the routings there are, two at least.
  FleetModel(
      const RuleSet& rules, const ReplayResult& replay, const FleetSettings& settings,
      const ReservoirBehaviour& behaviour, std::function<bool()> stop = [] { return false; });

  /// Sets all but the span and the settings; views of what this is made of and, until the next
  /// call, of this.
  void set_traffic(const FleetCase& fleet, PredictionInput& input);

  /// What share of a rule's requests the reservoirs take, by the load of their second. `input` is
  /// what `set_traffic` made of the same case. Views nothing.
  [[nodiscard]] TakenShares taken_shares(const FleetCase& fleet,
                                         const PredictionInput& input) const;
  /// By rule, as its rate is drawn.
  [[nodiscard]] std::span<const Rate> rates() const noexcept { return rates_; }

  /// Whether what is taken depends on where in their second requests came, and stamps do not say.
  [[nodiscard]] bool placement_matters() const noexcept { return placement_matters_; }
  /// Whether instances share reservoirs by quotas, so that their split matters.
  [[nodiscard]] bool has_quotas() const noexcept { return has_quotas_; }
  /// The case that a report is about.
  [[nodiscard]] FleetCase main_case() const noexcept;

 private:
  enum class Way : unsigned char { closed_form, closed_form_of_rounded, replayed, started };

  [[nodiscard]] Way way() const noexcept;
  /// Of one rule, in the order of instances.
  [[nodiscard]] std::vector<std::uint64_t> named_sizes(std::size_t rule,
                                                       Allocation allocation) const;
  [[nodiscard]] FleetTakes closed_form(std::size_t rule, const FleetCase& fleet,
                                       const LoadHistogram& all,
                                       const std::vector<LoadHistogram>& instances) const;
  void load_rounded_seconds(StampPlacement placement);
  [[nodiscard]] std::vector<FleetTakes> replayed(const FleetCase& fleet,
                                                 PredictionInput& input) const;
  void set_routing_variance(const std::vector<std::vector<CountedTakes>>& by_rule,
                            PredictionInput& input) const;

  const RuleSet& rules_;
  const ReplayResult& replay_;
  const FleetSettings& settings_;
  ReservoirBehaviour behaviour_;
  std::function<bool()> stop_;
  bool has_quotas_;
  bool borrows_only_;
  bool placement_matters_;
  std::vector<Rate> rates_;
  /// Of rounded seconds, for the placement asked for last.
  std::vector<RuleLoads> rounded_;
};

}  // namespace dosimeter::sim
