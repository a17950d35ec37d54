#pragma once

#include "sim/predict/fleet_model.h"

#include <functional>
#include <utility>

namespace dosimeter::sim {

/// Predicts for one case after the other of one replay. Refers to what it is made of but the
/// behaviour. Not thread-safe.
class CasePredictor {
 public:
  CasePredictor(
      const RuleSet& rules, const ReplayResult& replay, const FleetSettings& fleet,
      const ReservoirBehaviour& behaviour, const PredictionSettings& settings,
      std::function<bool()> stop = [] { return false; })
      : model_(rules, replay, fleet, behaviour, std::move(stop)) {
    input_.settings = settings;
    if (replay.span) input_.span_seconds = replay.span->seconds();
  }

  [[nodiscard]] Prediction operator()(const FleetCase& fleet) {
    model_.set_traffic(fleet, input_);
    return predict(input_);
  }
  /// Of the case that was predicted for last.
  [[nodiscard]] TakenShares shares(const FleetCase& fleet) const {
    return model_.taken_shares(fleet, input_);
  }
  [[nodiscard]] const FleetModel& model() const noexcept { return model_; }

 private:
  FleetModel model_;
  PredictionInput input_;
};

}  // namespace dosimeter::sim
