set(sim_recorders_tests
  recorders/test_choice_list.cpp
  recorders/test_recorder_check.cpp
  recorders/test_recorder_profile.cpp
  recorders/test_recorders_options.cpp
  recorders/test_semantics_tables.cpp
)
