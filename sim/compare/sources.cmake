target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/attribution.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/change_list.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/choice_difference.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/compare_replay.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/comparison.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/comparison_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/comparison_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/rule_names.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/compare/volume.cpp
)
