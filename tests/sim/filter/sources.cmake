set(sim_filter_tests
  filter/test_where_filter.cpp
)
