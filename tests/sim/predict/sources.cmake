# Paths are relative to tests/sim.
set(sim_predict_tests
  predict/test_binomial.cpp
  predict/test_cornish_fisher.cpp
  predict/test_cost.cpp
  predict/test_fleet.cpp
  predict/test_fleet_replays.cpp
  predict/test_fleet_model.cpp
  predict/test_month.cpp
  predict/test_prediction.cpp
  predict/test_prices.cpp
  predict/test_recorded_distribution.cpp
  predict/test_reservoir_takes.cpp
  predict/test_routed_takes.cpp
  predict/test_truncated_pmf.cpp
)
