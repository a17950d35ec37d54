target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/quality/minute_set.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/quality/request_traits.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/quality/row_quality.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/quality/undecided_fields.cpp
)
