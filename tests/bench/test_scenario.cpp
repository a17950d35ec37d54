#include <dosimeter/pattern.h>
#include <dosimeter/rule_set.h>

#include "bench/linear_decider.h"
#include "bench/scenario.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::bench;

namespace {

constexpr std::size_t kRules = 60;

/// The rule of each request by the linear twin.
std::vector<RuleIndex> rules_of(const Scenario& scenario) {
  std::vector<Rule> rules = scenario.rules;
  rules.push_back(Rule::shipped_default());
  LinearDecider linear(rules);
  std::vector<RuleIndex> found;
  for (const Asked& one : scenario.requests.asked()) found.push_back(linear.match(one.request));
  return found;
}

bool matches(const Rule& rule, Field field, const Request& request) {
  return Pattern(rule.pattern(field)).matches(request.field(field).value());
}

}  // namespace

TEST_CASE("the linear twin finds the rule that the engine finds, in every set") {
  for (const Set set : kSets) {
    INFO(set_name(set));
    const Scenario scenario = make_scenario(set, kRules);
    REQUIRE(scenario.rules.size() == kRules);
    const RuleSet rules = compiled(scenario.rules);
    const std::vector<RuleIndex> found = rules_of(scenario);
    MatchScratch scratch;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (rules.match(scenario.requests.asked()[i].request, scratch) != found[i]) ++differing;
    }
    CHECK(differing == 0);
  }
}

TEST_CASE("the linear twin on letter case, wildcards and absent fields") {
  const auto rule = [](RuleSpec spec) {
    spec.name = spec.url_path + spec.host;
    return Rule::from(std::move(spec)).value();
  };
  LinearDecider linear(std::vector<Rule>{rule({.host = "*.Example.*", .url_path = "/A?c"}),
                                         rule({.url_path = "/*x*y"}), Rule::shipped_default()});
  CHECK(linear.match({.host = "www.example.COM", .url_path = "/abC"}) == 0);
  CHECK(linear.match({.url_path = "/abc"}) == 0);
  CHECK(linear.match({.host = "example.com", .url_path = "/abc"}) == 2);
  CHECK(linear.match({.host = "h", .url_path = "/xxyy"}) == 1);
  CHECK(linear.match({.host = "h", .url_path = "/yx"}) == 2);
  CHECK(linear.match({.host = "h", .url_path = std::string(9000, '/') + "xy"}) == 1);
}

TEST_CASE("requests are mostly distinct and longer than a predictor's memory") {
  for (const Set set : kSets) {
    INFO(set_name(set));
    const Scenario scenario = make_scenario(set, kRules);
    std::set<std::string> distinct;
    for (const Asked& one : scenario.requests.asked()) {
      distinct.insert(
          std::string(*one.request.service_name) + '\n' + std::string(*one.request.host) + '\n' +
          std::string(*one.request.http_method) + '\n' + std::string(*one.request.url_path));
    }
    CHECK(distinct.size() >= 8000);
  }
}

TEST_CASE("sets are what their names say") {
  const auto all = [](const std::vector<RuleIndex>& found, auto holds) {
    return std::all_of(found.begin(), found.end(), holds);
  };
  CHECK(all(rules_of(make_scenario(Set::hit_early, kRules)), [](RuleIndex i) { return i < 4; }));
  CHECK(all(rules_of(make_scenario(Set::hit_late, kRules)),
            [](RuleIndex i) { return i == kRules - 1; }));
  CHECK(all(rules_of(make_scenario(Set::default_only, kRules)),
            [](RuleIndex i) { return i == kRules; }));
  for (const Rule& rule : make_scenario(Set::literal, kRules).rules) {
    CHECK(rule.pattern(Field::url_path).find_first_of("*?") == std::string::npos);
  }
  for (const Rule& rule : make_scenario(Set::wildcard, kRules).rules) {
    const std::string& path = rule.pattern(Field::url_path);
    CHECK(std::count(path.begin(), path.end(), '*') >= 3);
  }
  const Scenario apart = make_scenario(Set::never_together, kRules);
  for (const Rule& rule : apart.rules) {
    const Request& request = apart.requests.asked().front().request;
    int matching = 0;
    for (const Field field : {Field::service_name, Field::host, Field::url_path}) {
      matching += matches(rule, field, request) ? 1 : 0;
    }
    CHECK(matching == 2);
  }
}

TEST_CASE("the same traffic is that of 25 rules") {
  const Scenario same = make_scenario(Set::same_traffic, kRules);
  const Scenario of_25 = make_scenario(Set::typical, 25);
  for (std::size_t i = 0; i < 100; ++i) {
    CHECK(*same.requests.asked()[i].request.url_path ==
          *of_25.requests.asked()[i].request.url_path);
  }
}

TEST_CASE("rules and requests are the same on every platform") {
  // FNV-1a over all texts.
  std::uint64_t hash = 0xCBF29CE484222325u;
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  };
  for (const Set set : kSets) {
    const Scenario scenario = make_scenario(set, kRules);
    for (const Field field : kFields) {
      for (const Rule& rule : scenario.rules) add(rule.pattern(field));
      for (const Asked& one : scenario.requests.asked()) add(one.request.field(field).value_or(""));
    }
  }
  CHECK(hash == 0xB4B6D0963554A701u);
}

TEST_CASE("a renewed host is another in its first bytes alone") {
  Scenario scenario = make_scenario(Set::new_hosts, 25);
  const std::string_view host = *scenario.requests.asked()[3].request.host;
  const std::string path(*scenario.requests.asked()[3].request.url_path);
  std::set<std::string> seen;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    scenario.requests.renew_host(3, i * 257);
    seen.emplace(host);
  }
  CHECK(seen.size() == 1000);
  CHECK(*scenario.requests.asked()[3].request.url_path == path);
}
