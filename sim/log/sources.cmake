target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/log/byte_source.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/column_overrides.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/csv_columns.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/csv_format.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/csv_record.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/csv_splitter.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/log_column.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/log_content.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/log_reader.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/nearest_name.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/quoted_text.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/reject_reason.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/timestamp.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/log/wanted_columns.cpp
)
