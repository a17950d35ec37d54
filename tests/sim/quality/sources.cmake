set(sim_quality_tests
  quality/test_minute_set.cpp
  quality/test_row_quality.cpp
  quality/test_undecided_fields.cpp
)
