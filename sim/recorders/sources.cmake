target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/check_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/check_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/document_choice_list.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/document_rule_words.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/document_words.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/match_choice_list.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/pattern_words.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/quota_choice_list.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/recorder_check.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/recorder_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/recorder_profile.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/recorder_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/request_words.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/reservoir_choice_list.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/rule_words.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/recorders/text_choice_list.cpp
)
