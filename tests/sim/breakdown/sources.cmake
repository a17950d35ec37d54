set(sim_breakdown_tests
  breakdown/test_endpoint_text.cpp
  breakdown/test_group_breakdown.cpp
)
