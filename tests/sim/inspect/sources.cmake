set(sim_inspect_tests
  inspect/test_inspect_log.cpp
)
