#include "bench/shape.h"

#include "bench/linear_decider.h"
#include "bench/scenario.h"

#include <cstdio>
#include <set>
#include <string>

namespace dosimeter::bench {
namespace {

void print_shape(Set set, std::size_t rule_count) {
  const Scenario scenario = make_scenario(set, rule_count);
  std::vector<Rule> rules = scenario.rules;
  rules.push_back(Rule::shipped_default());
  LinearDecider linear(rules);
  std::set<std::string> distinct;
  std::set<std::string> hosts;
  std::set<std::string> paths;
  for (const Rule& rule : scenario.rules) paths.insert(rule.pattern(Field::url_path));
  std::size_t matched = 0;
  double scanned = 0;
  for (const auto& [request, draw] : scenario.requests.asked()) {
    const RuleIndex rule = linear.match(request);
    if (rule < rule_count) ++matched;
    scanned += static_cast<double>(rule) + 1;
    std::string whole;
    for (const Field field : kFields) {
      whole += request.field(field).value_or("");
      whole += '\n';
    }
    distinct.insert(whole);
    hosts.emplace(*request.host);
  }
  const auto requests = static_cast<double>(scenario.requests.asked().size());
  std::printf("| %s | %zu | %.0f | %.0f (%.0f %%) | %zu | %.0f %% | %.1f | %zu |\n",
              std::string(set_name(set)).c_str(), rule_count, scenario.requests.mean_bytes(),
              static_cast<double>(distinct.size()),
              100 * static_cast<double>(distinct.size()) / requests, hosts.size(),
              100 * static_cast<double>(matched) / requests, scanned / requests, paths.size());
}

}  // namespace

void print_shapes() {
  std::puts(
      "| set | rules | bytes a request | distinct requests | hosts | matched a rule | "
      "rules scanned | distinct path patterns |");
  std::puts("|---|---|---|---|---|---|---|---|");
  for (const Set set : kSets) {
    for (const std::size_t rules : {1u, 5u, 25u, 100u, 1000u, 10'000u}) {
      if (set == Set::typical || rules == 25 || rules >= 1000) print_shape(set, rules);
    }
  }
}

}  // namespace dosimeter::bench
