target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/filter/row_condition.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/filter/row_field.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/filter/where_filter.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/filter/where_scanner.cpp
)
