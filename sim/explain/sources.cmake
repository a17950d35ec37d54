target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/all_recorders.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/answer.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/asked_request_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/bounded_lines.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/compared_part.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/explanation_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/explanation_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/hint.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/request_file.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/seen_request.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/text_view.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/explain/why_not.cpp
)
