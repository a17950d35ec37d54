#include "bench/getline_twin.h"

#include "bench/linear_decider.h"

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace dosimeter::bench {
namespace {

/// The columns of `write_log`.
enum Column : std::size_t { kTime, kService, kMethod, kHost, kPath, kColumns = 7 };

/// Views of `line`; with quotes in it, of `copies`.
void split(std::string_view line, std::vector<std::string_view>& fields,
           std::vector<std::string>& copies) {
  fields.clear();
  if (line.find('"') == line.npos) {
    for (;;) {
      const std::size_t comma = line.find(',');
      fields.push_back(line.substr(0, comma));
      if (comma == line.npos) return;
      line.remove_prefix(comma + 1);
    }
  }
  copies.assign(1, "");
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      copies.emplace_back();
    } else {
      copies.back() += c;
    }
  }
  fields.assign(copies.begin(), copies.end());
}

}  // namespace

std::vector<std::uint64_t> count_by_getline(const std::string& path, const Scenario& scenario) {
  const RuleSet rules = compiled(scenario.rules);
  LinearDecider decider(rules.rules());
  std::vector<std::uint64_t> counts(rules.rules().size());
  std::ifstream log(path);
  std::string line;
  std::getline(log, line);
  std::vector<std::string_view> fields;
  std::vector<std::string> copies;
  while (std::getline(log, line)) {
    split(line, fields, copies);
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
