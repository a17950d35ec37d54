target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/inspect/inspect_log.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/inspect/inspection_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/inspect/inspection_text.cpp
)
