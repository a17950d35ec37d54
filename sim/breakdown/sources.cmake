target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/endpoint_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/breakdown/path_segment.cpp
)
