// `--by` and `--where` as a user meets them, against an oracle that keeps all rows: which of them
// stay, which rule has each, how many share its second, and what its chance is then.

#include "tests/oracle/rule_oracle.h"
#include "tests/support/captured_run.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

using namespace dosimeter;
using dosimeter::test::TemporaryFile;
using nlohmann::json;

namespace {

struct PathPair {
  const char* target;
  const char* folded;
};
constexpr std::array<PathPair, 7> kPaths = {{{"/api/users/1", "/api/users/:id"},
                                             {"/api/users/22?x=y", "/api/users/:id"},
                                             {"/health", "/health"},
                                             {"/api/orders/3fa85f64", "/api/orders/:id"},
                                             {"/api/orders/3fa85f65?b", "/api/orders/:id"},
                                             {"", ""},
                                             {"/", "/"}}};

struct TableRow {
  std::int64_t second = 0;
  std::string method;
  std::size_t path = 0;
  int status = 0;
  std::string instance;
  bool upstream = false;

  [[nodiscard]] std::string rule() const {
    const std::string target = kPaths[path].target;
    const std::vector<RuleSpec> rules = {
        {.name = "api",
         .priority = 1,
         .fixed_rate = 0.25,
         .reservoir_size = 3,
         .url_path = "/api/*"},
        {.name = "post",
         .priority = 2,
         .fixed_rate = 0.5,
         .reservoir_size = 1,
         .http_method = "POST"},
        {.name = "Default", .fixed_rate = 0.1, .reservoir_size = 2}};
    return oracle::selected(
        rules, {.http_method = method, .url_path = target.substr(0, target.find('?'))});
  }
};

constexpr const char* kRules = R"([
  {"RuleName": "api", "ResourceARN": "*", "Priority": 1, "FixedRate": 0.25, "ReservoirSize": 3,
   "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "/api/*",
   "Version": 1},
  {"RuleName": "post", "ResourceARN": "*", "Priority": 2, "FixedRate": 0.5, "ReservoirSize": 1,
   "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST", "URLPath": "*",
   "Version": 1},
  {"RuleName": "Default", "ResourceARN": "*", "Priority": 10000, "FixedRate": 0.1,
   "ReservoirSize": 2, "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*",
   "URLPath": "*", "Version": 1}])";

std::uint64_t size_of(const std::string& rule) {
  return rule == "api" ? 3 : rule == "post" ? 1 : 2;
}

double rate_of(const std::string& rule) {
  return rule == "api" ? 0.25 : rule == "post" ? 0.5 : 0.1;
}

std::vector<TableRow> random_rows(Random& random) {
  std::vector<TableRow> rows(20 + random.below(200));
  for (TableRow& row : rows) {
    row.second = 1'777'888'790 + static_cast<std::int64_t>(random.below(20));
    row.method = std::array<const char*, 3>{"GET", "POST", ""}[random.below(3)];
    row.path = random.below(kPaths.size());
    row.status = std::array<int, 6>{200, 204, 302, 404, 503, 0}[random.below(6)];
    row.instance = std::array<const char*, 3>{"a", "b", "c"}[random.below(3)];
    row.upstream = random.chance(0.1);
  }
  return rows;
}

std::string csv_of(const std::vector<TableRow>& rows) {
  std::string csv = "time,method,path,status,pod_name,trace_header\n";
  for (const TableRow& row : rows) {
    csv += std::to_string(row.second) + "," + row.method + "," + kPaths[row.path].target + "," +
           (row.status == 0 ? "oops" : std::to_string(row.status)) + "," + row.instance + "," +
           (row.upstream ? "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1" : "") + "\n";
  }
  return csv;
}

struct Figures {
  std::uint64_t requests = 0;
  std::uint64_t upstream = 0;
  double expected = 0;
};
using Table = std::map<std::string, Figures>;

/// The mean of min(N, q) for a binomial N of n requests that go to one of `instances` alike.
double mean_taken(std::uint64_t n, std::uint64_t instances, std::uint64_t q) {
  double mean = 0;
  const double p = 1.0 / static_cast<double>(instances);
  double ways = 1;
  for (std::uint64_t k = 0; k <= n; ++k) {
    mean += ways * std::pow(p, static_cast<double>(k)) *
            std::pow(1 - p, static_cast<double>(n - k)) * static_cast<double>(std::min(k, q));
    ways = ways * static_cast<double>(n - k) / static_cast<double>(k + 1);
  }
  return mean;
}

enum class Instances { one, by_column, three_alike };

/// The share that is taken of n requests of a rule in one second of one instance. Local rules: each
/// instance has the whole reservoir.
double taken_share(std::uint64_t n, const std::string& rule, Instances instances) {
  const std::uint64_t size = size_of(rule);
  const double all = static_cast<double>(n);
  if (instances == Instances::three_alike) return 3 * mean_taken(n, 3, size) / all;
  return static_cast<double>(std::min(n, size)) / all;
}

template <typename NameOf>
Table table_of(const std::vector<TableRow>& rows, Instances instances, NameOf&& name_of) {
  using Cell = std::tuple<std::string, std::string, std::int64_t>;
  std::map<Cell, std::uint64_t> loads;
  const auto cell_of = [&](const TableRow& row) {
    return Cell{row.rule(), instances == Instances::by_column ? row.instance : "", row.second};
  };
  for (const TableRow& row : rows) {
    if (!row.upstream) ++loads[cell_of(row)];
  }
  Table table;
  for (const TableRow& row : rows) {
    Figures& figures = table[name_of(row)];
    ++figures.requests;
    if (row.upstream) {
      ++figures.upstream;
      continue;
    }
    const double share = taken_share(loads.at(cell_of(row)), row.rule(), instances);
    figures.expected += share + (1 - share) * rate_of(row.rule());
  }
  return table;
}

template <typename NameOf>
void check_table(const json& report, const std::string& key, const Table& wanted,
                 NameOf&& name_of) {
  INFO(key);
  REQUIRE(report.contains(key));
  CHECK(report[key]["method"] == "exact");
  REQUIRE(report[key]["groups"].size() == wanted.size());
  double expected = 0;
  double taken = 0;
  std::uint64_t matched = 0;
  std::uint64_t requests = 0;
  for (const json& group : report[key]["groups"]) {
    const std::string name = name_of(group);
    INFO(name);
    REQUIRE(wanted.contains(name));
    const Figures& figures = wanted.at(name);
    CHECK(group["requests"] == figures.requests);
    CHECK(group["upstream_decided"] == figures.upstream);
    CHECK(group["matched"] == figures.requests - figures.upstream);
    CHECK(group["recorded"]["expected"].get<double>() == Approx(figures.expected).margin(1e-9));
    const std::uint64_t decided = figures.requests - figures.upstream;
    if (decided == 0) {
      CHECK(group["effective_rate"].is_null());
    } else {
      CHECK(group["effective_rate"].get<double>() ==
            Approx(figures.expected / static_cast<double>(decided)).margin(1e-12));
    }
    expected += group["recorded"]["expected"].get<double>();
    taken += group["reservoir_taken"].get<double>();
    matched += group["matched"].get<std::uint64_t>();
    requests += group["requests"].get<std::uint64_t>();
  }
  CHECK(expected == Approx(report["total"]["recorded"]["expected"].get<double>()).margin(1e-9));
  CHECK(taken == Approx(report["total"]["reservoir_taken"].get<double>()).margin(1e-9));
  CHECK(matched == report["total"]["matched"]);
  CHECK(requests == report["input"]["requests"]);
}

std::string text_or_none(const json& value) {
  return value.is_null() ? "-" : value.get<std::string>();
}

}  // namespace

TEST_CASE(
    "tables: random logs under every kind of instances, filtered or not, against the oracle") {
  Random random;
  INFO("seed " << Random::default_seed());
  const TemporaryFile rules(kRules, ".json");
  for (int round = 0; round < 40; ++round) {
    std::vector<TableRow> rows = random_rows(random);
    const TemporaryFile log(csv_of(rows));
    std::vector<std::string> arguments = {
        "--rules", rules.path(), "--log",    log.path(), "--by",  "status",   "--by",
        "hour",    "--by",       "endpoint", "--mode",   "local", "--format", "json"};
    const auto instances = static_cast<Instances>(random.below(3));
    if (instances == Instances::by_column) {
      arguments.insert(arguments.end(), {"--instance-column", "pod_name"});
    } else if (instances == Instances::three_alike) {
      arguments.insert(arguments.end(), {"--instances", "3"});
    }
    const std::size_t before = rows.size();
    const auto keep = [&](const char* expression, auto&& holds) {
      arguments.insert(arguments.end(), {"--where", expression});
      std::erase_if(rows, [&](const TableRow& row) { return !holds(row); });
    };
    switch (random.below(5)) {
      case 0:
        keep("status >= 300 and method = post",
             [](const TableRow& row) { return row.status >= 300 && row.method == "POST"; });
        break;
      case 1:
        keep("status = - and path != /health",
             [](const TableRow& row) { return row.status == 0 && row.path != 2 && row.path != 5; });
        break;
      case 2:
        keep("time < 1777888800", [](const TableRow& row) { return row.second < 1'777'888'800; });
        keep("query != -", [](const TableRow& row) { return row.path == 1 || row.path == 4; });
        break;
      default:
        break;
    }
    const CapturedRun run = run_captured(arguments);
    INFO(run.err);
    REQUIRE(run.code == sim::ExitCode::done);
    const json report = json::parse(run.out);
    CHECK(report["input"]["filtered_rows"] == before - rows.size());
    CHECK(report["input"]["requests"] == rows.size());

    check_table(report, "by_status",
                table_of(rows, instances,
                         [](const TableRow& row) {
                           return row.status == 0 ? std::string("none")
                                                  : std::to_string(row.status / 100) + "xx";
                         }),
                [](const json& group) { return group["status"].get<std::string>(); });
    check_table(report, "by_hour",
                table_of(rows, instances,
                         [](const TableRow& row) {
                           return row.second < 1'777'888'800 ? std::string("2026-05-04T09:00:00Z")
                                                             : std::string("2026-05-04T10:00:00Z");
                         }),
                [](const json& group) { return group["hour"].get<std::string>(); });
    check_table(report, "by_endpoint",
                table_of(rows, instances,
                         [](const TableRow& row) {
                           const std::string path = kPaths[row.path].folded;
                           return (row.method.empty() ? "-" : row.method) + " " +
                                  (path.empty() ? "-" : path);
                         }),
                [](const json& group) {
                  CHECK(group["other"] == false);
                  return text_or_none(group["method"]) + " " + text_or_none(group["path"]);
                });
  }
}

TEST_CASE("tables: what is not asked for is not there, and order and threads change nothing") {
  Random random;
  std::vector<TableRow> rows = random_rows(random);
  const TemporaryFile rules(kRules, ".json");
  const auto groups_of = [&](const std::vector<std::string>& more) {
    const TemporaryFile log(csv_of(rows));
    std::vector<std::string> arguments = {"--rules", rules.path(), "--log",    log.path(),
                                          "--by",    "status",     "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const CapturedRun run = run_captured(arguments);
    INFO(run.err);
    REQUIRE(run.code == sim::ExitCode::done);
    const json report = json::parse(run.out);
    CHECK_FALSE(report.contains("by_endpoint"));
    CHECK_FALSE(report.contains("by_hour"));
    return report["by_status"].dump();
  };
  const std::string as_read = groups_of({});
  std::sort(rows.begin(), rows.end(), [](const TableRow& a, const TableRow& b) {
    return std::tie(a.status, a.second) < std::tie(b.status, b.second);
  });
  CHECK(groups_of({}) == as_read);
}

TEST_CASE("tables: where nothing is known of a part of a rule's requests, it fares as all do") {
  Random random;
  const std::vector<TableRow> rows = random_rows(random);
  const TemporaryFile rules(kRules, ".json");
  const TemporaryFile log(csv_of(rows));
  // A token bucket, replayed request by request.
  const CapturedRun run = run_captured({"--rules", rules.path(), "--log", log.path(), "--by",
                                        "status", "--recorder", "otel-java", "--format", "json"});
  INFO(run.err);
  REQUIRE(run.code == sim::ExitCode::done);
  const json report = json::parse(run.out);
  CHECK(report["by_status"]["method"] == "approximate");
  double expected = 0;
  for (const json& group : report["by_status"]["groups"]) {
    expected += group["recorded"]["expected"].get<double>();
  }
  CHECK(expected == Approx(report["total"]["recorded"]["expected"].get<double>()));
}
