#include "tests/conformance/live/equivalents.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace dosimeter::conformance {

std::vector<Equivalent> read_equivalents(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Equivalent> entries;
  const nlohmann::json whole = nlohmann::json::parse(file);
  for (const nlohmann::json& entry : whole.at("equivalents")) {
    entries.push_back({entry.at("recorders").get<std::vector<std::string>>(),
                       entry.at("choice").get<std::string>(),
                       entry.value("values", std::vector<std::string>{}),
                       entry.at("why").get<std::string>()});
    if (entries.back().why.empty()) {
      throw std::runtime_error(path + ": no reason for " + entries.back().choice);
    }
  }
  return entries;
}

bool covers(const Equivalent& entry, std::string_view recorder, std::string_view choice,
            std::string_view value) {
  const auto has = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  return entry.choice == choice && has(entry.recorders, recorder) &&
         (entry.values.empty() || has(entry.values, value));
}

}  // namespace dosimeter::conformance
