# The built-in prices are data: prices.json is compiled in as text and read like a user's file.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/prices.json)
file(READ ${CMAKE_CURRENT_SOURCE_DIR}/predict/prices.json builtin_prices_json)
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/predict/builtin_prices.cpp.in
  ${CMAKE_CURRENT_BINARY_DIR}/predict/builtin_prices.cpp @ONLY)

target_sources(dosimeter_sim PRIVATE
  ${CMAKE_CURRENT_BINARY_DIR}/predict/builtin_prices.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/binomial.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/cornish_fisher.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/cost.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/fleet.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/fleet_model.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/group_prediction.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/month.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/normal.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/prediction.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/prices.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/recorded_distribution.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/reservoir_takes.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/reservoir_replay.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/routed_takes.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/spectral_pmf.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/started_replay.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/taken_shares.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/predict/truncated_pmf.cpp
)
