#include "bench/scenario.h"

#include "bench/traffic.h"
#include "bench/worst_cases.h"

namespace dosimeter::bench {
namespace {

/// 92 % of them are distinct: of so many some 8,000 or more.
constexpr std::size_t kRequests = 9216;

std::vector<Rule> typical_rules(std::size_t count) {
  std::vector<Rule> rules;
  for (const RuleShape& shape : typical_shapes(count)) {
    rules.push_back(make_rule(rules.size(), shape));
  }
  return rules;
}

/// Every other one aimed at a rule.
std::vector<RequestText> typical_requests(std::size_t rule_count) {
  const std::vector<RuleShape> shapes = typical_shapes(rule_count);
  const Vocabulary vocabulary(service_count(rule_count));
  Random random(11);
  std::vector<RequestText> requests;
  for (std::size_t i = 0; i < kRequests; ++i) {
    requests.push_back(i % 2 == 0 ? background(vocabulary, random)
                                  : aimed_at(shapes[random.below(rule_count)], vocabulary, random));
  }
  return requests;
}

}  // namespace

std::string_view set_name(Set set) noexcept {
  switch (set) {
    case Set::typical:
      return "typical";
    case Set::same_traffic:
      return "same_traffic";
    case Set::hit_early:
      return "hit_early";
    case Set::hit_late:
      return "hit_late";
    case Set::default_only:
      return "default_only";
    case Set::literal:
      return "literal";
    case Set::wildcard:
      return "wildcard";
    case Set::shared_parts:
      return "shared_parts";
    case Set::new_hosts:
      return "new_hosts";
    case Set::never_together:
      return "never_together";
  }
  return {};
}

Scenario make_scenario(Set set, std::size_t rule_count) {
  switch (set) {
    case Set::typical:
      break;
    case Set::same_traffic:
      return {set, typical_rules(rule_count), RequestList(typical_requests(25))};
    case Set::hit_early:
      return hit_early(rule_count, kRequests);
    case Set::hit_late:
    case Set::default_only:
      return near_misses(set, rule_count, kRequests);
    case Set::literal:
      return literals(rule_count, kRequests);
    case Set::wildcard:
      return wildcards(rule_count, kRequests);
    case Set::shared_parts:
      return shared_parts(rule_count, kRequests);
    case Set::new_hosts:
      return new_hosts(rule_count, kRequests);
    case Set::never_together:
      return never_together(rule_count, kRequests);
  }
  return {Set::typical, typical_rules(rule_count), RequestList(typical_requests(rule_count))};
}

RuleSet compiled(const std::vector<Rule>& rules) {
  return RuleSetBuilder().add(rules).build().value();
}

}  // namespace dosimeter::bench
