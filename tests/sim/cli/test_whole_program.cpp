// The whole program, from files to JSON, against an oracle that shares nothing with it but the
// value types: rules are selected by the recursive matcher, seconds are counted in a map, the
// distribution is built one draw after the other.

#include "tests/oracle/rule_oracle.h"
#include "tests/oracle/slow_distribution.h"
#include "tests/support/captured_run.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

using namespace dosimeter;
using dosimeter::test::TemporaryFile;
using nlohmann::json;

namespace {

struct Traffic {
  std::string csv;
  /// Requests by rule name and second.
  std::map<std::string, std::map<std::int64_t, std::uint64_t>> counts;
  std::uint64_t requests = 0;
  std::uint64_t rows = 0;
  std::int64_t first_millisecond = INT64_MAX;
  std::int64_t last_millisecond = INT64_MIN;
};

std::vector<RuleSpec> random_rules(Random& random) {
  const char* services[] = {"*", "front*", "back-?nd", "API"};
  const char* methods[] = {"*", "get", "P*"};
  const char* paths[] = {"*", "/api/*", "*/users/*", "/health", "/?pi/*s*"};
  std::vector<RuleSpec> rules;
  for (std::size_t n = random.below(6); n > 0; --n) {
    RuleSpec rule;
    rule.name = "rule-" + std::to_string(n);
    rule.priority = static_cast<std::int64_t>(random.below(4)) + 1;
    rule.fixed_rate = static_cast<double>(random.below(21)) / 20;
    rule.reservoir_size = static_cast<std::int64_t>(random.below(5));
    rule.service_name = services[random.below(4)];
    rule.http_method = methods[random.below(3)];
    rule.url_path = paths[random.below(5)];
    rules.push_back(rule);
  }
  if (random.chance(0.5)) {
    RuleSpec rule;
    rule.name = "Default";
    rule.fixed_rate = static_cast<double>(random.below(21)) / 20;
    rule.reservoir_size = static_cast<std::int64_t>(random.below(3));
    rules.push_back(rule);
  }
  return rules;
}

/// The shape of `aws xray get-sampling-rules`.
std::string document(const std::vector<RuleSpec>& rules) {
  json records = json::array();
  for (const RuleSpec& rule : rules) {
    records.push_back({{"SamplingRule",
                        {{"RuleName", rule.name},
                         {"ResourceARN", rule.resource_arn},
                         {"Priority", rule.priority},
                         {"FixedRate", rule.fixed_rate},
                         {"ReservoirSize", rule.reservoir_size},
                         {"ServiceName", rule.service_name},
                         {"ServiceType", rule.service_type},
                         {"Host", rule.host},
                         {"HTTPMethod", rule.http_method},
                         {"URLPath", rule.url_path},
                         {"Version", 1},
                         {"Attributes", json::object()}}}});
  }
  return json{{"SamplingRuleRecords", records}}.dump();
}

Traffic random_traffic(Random& random, const std::vector<RuleSpec>& rules) {
  const char* services[] = {"frontend", "back-end", "api", ""};
  const char* methods[] = {"GET", "POST", "PUT"};
  const char* paths[] = {"/api/users/1", "/health", "/v1/users/2?x=y", "/", "\"/api/\"\"s\"\"\""};
  Traffic traffic;
  traffic.csv = "method,epoch,service,path,hits\n";
  const std::size_t rows = 2 + random.below(60);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::int64_t millisecond =
        1'777'889'000'000 + static_cast<std::int64_t>(random.below(30'000));
    const char* service = services[random.below(4)];
    const char* method = methods[random.below(3)];
    const std::string path = paths[random.below(5)];
    const std::uint64_t hits = random.chance(0.1) ? 1 + random.below(9) : 1;
    traffic.csv += std::string(method) + "," + std::to_string(millisecond) + "," + service + "," +
                   path + "," + std::to_string(hits) + "\n";
    std::string text = path == "\"/api/\"\"s\"\"\"" ? "/api/\"s\"" : path.substr(0, path.find('?'));
    const std::string rule =
        oracle::selected(rules, {.service_name = service, .http_method = method, .url_path = text});
    traffic.counts[rule][millisecond / 1000] += hits;
    traffic.requests += hits;
    ++traffic.rows;
    traffic.first_millisecond = std::min(traffic.first_millisecond, millisecond);
    traffic.last_millisecond = std::max(traffic.last_millisecond, millisecond);
  }
  return traffic;
}

struct Takes {
  std::uint64_t matched = 0;
  std::uint64_t taken = 0;
  std::uint64_t refused() const { return matched - taken; }
};

Takes takes_of(const std::map<std::int64_t, std::uint64_t>& seconds, std::uint64_t reservoir_size) {
  Takes takes;
  for (const auto& [second, count] : seconds) {
    for (std::uint64_t i = 0; i < count; ++i) {
      ++takes.matched;
      if (i < reservoir_size) ++takes.taken;
    }
  }
  return takes;
}

/// The least x with F(x) >= share.
std::uint64_t quantile(const oracle::SlowDistribution& distribution, double share) {
  std::uint64_t x = 0;
  while (static_cast<double>(distribution.cdf(x)) < share - 1e-12) ++x;
  return x;
}

void check_recorded(const json& recorded, double expected, double variance,
                    const oracle::SlowDistribution& distribution) {
  CHECK(recorded["expected"].get<double>() == Approx(expected).margin(1e-9));
  CHECK(recorded["standard_deviation"].get<double>() == Approx(std::sqrt(variance)).margin(1e-9));
  CHECK(recorded["low"].get<std::uint64_t>() == quantile(distribution, 0.025));
  CHECK(recorded["high"].get<std::uint64_t>() == quantile(distribution, 0.975));
}

}  // namespace

TEST_CASE("whole program: random rules and logs against the oracle") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 150; ++round) {
    std::vector<RuleSpec> rules = random_rules(random);
    const Traffic traffic = random_traffic(random, rules);
    const TemporaryFile rule_file(document(rules), ".json");
    const TemporaryFile log_file(traffic.csv);
    CAPTURE(round, document(rules), traffic.csv);
    const CapturedRun run =
        run_captured({"--rules", rule_file.path(), "--log", log_file.path(), "--format", "json"});
    REQUIRE(run.err == "");
    REQUIRE(run.code == sim::ExitCode::done);
    const json report = json::parse(run.out);

    CHECK(report["input"]["rows"] == traffic.requests);
    CHECK(report["input"]["requests"] == traffic.requests);
    const double between =
        static_cast<double>(traffic.last_millisecond - traffic.first_millisecond) / 1000;
    CHECK(report["input"]["span_seconds"].get<double>() ==
          Approx(between + between / static_cast<double>(traffic.rows - 1)).epsilon(1e-3));
    const double factor = 744 * 3600 / report["input"]["span_seconds"].get<double>();

    std::map<std::string, RuleSpec> specs;
    for (const RuleSpec& rule : rules) specs[rule.name] = rule;
    if (!specs.contains("Default")) specs["Default"].name = "Default";
    REQUIRE(report["rules"].size() == specs.size());
    CHECK(report["rules"].back()["name"] == "Default");

    double total_expected = 0;
    double total_variance = 0;
    Takes total;
    std::uint64_t fixed = 0;
    std::vector<std::pair<std::uint64_t, double>> draws;
    for (const json& rule : report["rules"]) {
      const RuleSpec& spec = specs.at(rule["name"].get<std::string>());
      const auto found = traffic.counts.find(spec.name);
      const Takes takes = takes_of(
          found == traffic.counts.end() ? std::map<std::int64_t, std::uint64_t>{} : found->second,
          static_cast<std::uint64_t>(spec.reservoir_size));
      CHECK(rule["matched"] == takes.matched);
      CHECK(rule["reservoir_taken"] == takes.taken);
      CHECK(rule["rate_candidates"] == takes.refused());
      const double p = spec.fixed_rate;
      const auto refused = static_cast<double>(takes.refused());
      const double expected = static_cast<double>(takes.taken) + refused * p;
      oracle::SlowDistribution distribution(takes.taken);
      distribution.add_draws(takes.refused(), p);
      check_recorded(rule["recorded"], expected, refused * p * (1 - p), distribution);
      total.matched += takes.matched;
      total.taken += takes.taken;
      total_expected += expected;
      total_variance += refused * p * (1 - p);
      fixed += takes.taken;
      draws.emplace_back(takes.refused(), p);
    }
    oracle::SlowDistribution sum(fixed);
    for (const auto& [count, p] : draws) sum.add_draws(count, p);
    CHECK(report["total"]["matched"] == total.matched);
    CHECK(report["total"]["reservoir_taken"] == total.taken);
    check_recorded(report["total"]["recorded"], total_expected, total_variance, sum);

    // A month of so little a log is far past the free traces, where the bill is linear.
    const double month = report["cost"]["recorded_per_month"]["expected"];
    CHECK(month == Approx(factor * total_expected).margin(1e-6));
    if (month > 200'000) {
      CHECK(report["cost"]["usd_per_month"]["expected"].get<double>() ==
            Approx((month - 100'000) * 5e-6).margin(1e-4));
    }
  }
}

TEST_CASE("whole program: the price page's own example, an evenly spread month") {
  std::string csv = "time\n";
  for (std::int64_t i = 0; i < 31 * 24 * 2000; ++i) {
    csv += std::to_string(1'777'593'600'000 + i * 1800) + "\n";
  }
  const TemporaryFile log_file(csv);
  const TemporaryFile rule_file(
      R"({"SamplingRule": {"RuleName": "all", "ResourceARN": "*", "Priority": 1, "FixedRate": 0.1,
          "ReservoirSize": 0, "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*",
          "URLPath": "*", "Version": 1}})",
      ".json");
  const CapturedRun run =
      run_captured({"--rules", rule_file.path(), "--log", log_file.path(), "--format", "json"});
  REQUIRE(run.code == sim::ExitCode::done);
  const json report = json::parse(run.out);
  CHECK(report["input"]["span_seconds"].get<double>() == Approx(744.0 * 3600));
  CHECK(report["cost"]["recorded_per_month"]["expected"].get<double>() == Approx(148800));
  CHECK(report["cost"]["usd_per_month"]["expected"].get<double>() == Approx(0.244).margin(1e-9));
  CHECK(report["warnings"].empty());
}

TEST_CASE("whole program: shuffling a log changes the order's own figures alone") {
  Random random;
  std::vector<std::string> rows;
  for (int i = 0; i < 3000; ++i) {
    rows.push_back(std::to_string(1'777'889'000 + random.below(600)) + ",/p" +
                   std::to_string(random.below(3)) + "\n");
  }
  const TemporaryFile rule_file(
      R"([{"RuleName": "p1", "ResourceARN": "*", "Priority": 1, "FixedRate": 0.3, "ReservoirSize": 1,
           "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "/p1",
           "Version": 1}])",
      ".json");
  const auto report_of = [&] {
    std::string csv = "time,path\n";
    for (const std::string& row : rows) csv += row;
    const TemporaryFile log_file(csv);
    const CapturedRun run =
        run_captured({"--rules", rule_file.path(), "--log", log_file.path(), "--format", "json"});
    REQUIRE(run.code == sim::ExitCode::done);
    json report = json::parse(run.out);
    report["input"].erase("out_of_order_rows");
    report["data_quality"].erase("out_of_order_rows");
    json warnings = json::array();
    for (const json& warning : report["warnings"]) {
      if (warning["code"] != "out_of_order_rows") warnings.push_back(warning);
    }
    report["warnings"] = warnings;
    return report.dump();
  };
  const std::string as_read = report_of();
  std::sort(rows.begin(), rows.end());
  CHECK(report_of() == as_read);
  std::reverse(rows.begin(), rows.end());
  CHECK(report_of() == as_read);
}
