target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/endpoint_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/group_breakdown.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/group_part.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/numbered_texts.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/open_seconds.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/path_segment.cpp
)
