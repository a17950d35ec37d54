target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/report/boost_bound.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/fleet_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/group_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/group_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/json_parts.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/json_writer.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/number_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/quality_parts.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/report.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/text_parts.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/text_table.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/text_writer.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/report/warnings.cpp
)
