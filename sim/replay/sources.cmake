target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/arrivals.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/block_rows.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/block_side.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/load_histogram.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/log_pass.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/pass_run.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/replay.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/replay_result.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/replay_side.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/request_mapper.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/request_memo.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/occurrence_counter.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/path_rewrites.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/row_multiplier.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/side_reader.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/replay/tally.cpp
)
