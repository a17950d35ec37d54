set(sim_breakdown_tests
  breakdown/test_endpoint_text.cpp
)
