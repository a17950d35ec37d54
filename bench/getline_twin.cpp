#include "bench/getline_twin.h"

#include "bench/linear_decider.h"

#include <cstdint>
#include <fstream>
#include <string_view>

namespace dosimeter::bench {
namespace {

/// The columns of `write_log`.
enum Column : std::size_t { kTime, kService, kMethod, kHost, kPath, kColumns = 7 };

void split(const std::string& line, std::vector<std::string>& fields) {
  fields.clear();
  std::string field;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.push_back(field);
      field.clear();
    } else {
      field += c;
    }
  }
  fields.push_back(field);
}

}  // namespace

std::vector<std::uint64_t> count_by_getline(const std::string& path, const Scenario& scenario) {
  const RuleSet rules = compiled(scenario.rules);
  LinearDecider decider(rules.rules());
  std::vector<std::uint64_t> counts(rules.rules().size());
  std::ifstream log(path);
  std::string line;
  std::getline(log, line);
  std::vector<std::string> fields;
  while (std::getline(log, line)) {
    split(line, fields);
    if (fields.size() != kColumns) continue;
    const std::string_view target = fields[kPath];
    ++counts[decider.match({.service_name = fields[kService],
                            .host = fields[kHost],
                            .http_method = fields[kMethod],
                            .url_path = target.substr(0, target.find('?'))})];
  }
  return counts;
}

}  // namespace dosimeter::bench
