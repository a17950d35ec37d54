#pragma once

#include "tests/support/catch.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <string>

/// A file of this directory.
inline nlohmann::ordered_json vector_file(const std::string& name) {
  const std::string path = std::string(CONFORMANCE_DIRECTORY) + "/" + name;
  std::ifstream file(path);
  CAPTURE(path);
  REQUIRE(file.is_open());
  return nlohmann::ordered_json::parse(file);
}
