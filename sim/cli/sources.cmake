target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/command_line.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/compare_command.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/console.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/explain_command.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/help_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/input_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/interrupt.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/option_value.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/progress_line.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/recorders_command.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/replay_command.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/replay_options.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/replay_settings.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/report_output.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/rule_files.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/cli/run.cpp
)
