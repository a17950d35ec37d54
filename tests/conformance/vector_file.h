#pragma once

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>
#include <string>

/// A file of tests/conformance.
inline nlohmann::json read_vectors(const std::string& name) {
  std::ifstream file(std::string(DOSIMETER_CONFORMANCE_DIRECTORY) + "/" + name);
  if (!file) throw std::runtime_error("cannot open " + name);
  return nlohmann::json::parse(file);
}
