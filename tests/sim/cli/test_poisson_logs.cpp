// Seeded Poisson traffic, written as logs and replayed from the command line.

#include "tests/support/captured_run.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

using dosimeter::test::TemporaryFile;
using nlohmann::json;

namespace {

constexpr std::int64_t kStart = 1'600'000'000;

/// Arrivals with exponential gaps, to the microsecond.
std::string poisson_log(Random& random, double requests_a_second, int seconds) {
  std::string text = "time\n";
  double time = 0;
  for (;;) {
    time -= std::log1p(-random.unit()) / requests_a_second;
    if (time >= seconds) return text;
    const auto microseconds = static_cast<std::int64_t>(time * 1e6);
    char stamp[40];
    std::snprintf(stamp, sizeof stamp, "%lld.%06lld\n",
                  static_cast<long long>(kStart + microseconds / 1'000'000),
                  static_cast<long long>(microseconds % 1'000'000));
    text += stamp;
  }
}

std::string rules_text(int reservoir) {
  return R"([{"RuleName": "Default", "Priority": 10000, "ReservoirSize": )" +
         std::to_string(reservoir) +
         R"(, "FixedRate": 0, "ServiceName": "*", "ServiceType": "*",)" +
         R"("Host": "*", "HTTPMethod": "*", "URLPath": "*", "ResourceARN": "*", "Version": 1}])";
}

json report(const std::string& rules, const std::string& log,
            std::vector<std::string> options = {}) {
  std::vector<std::string> arguments = {"--rules", rules, "--log", log, "--format", "json"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const CapturedRun run = run_captured(arguments);
  INFO(run.err);
  REQUIRE(run.code == dosimeter::sim::ExitCode::done);
  return json::parse(run.out);
}

/// Mean and variance of min(N, size), N Poisson.
struct Capped {
  double mean = 0;
  double variance = 0;
};

Capped capped_poisson(double mean, int size) {
  double mass = std::exp(-mean);
  Capped capped;
  double square = 0;
  for (int n = 0; n < 200; ++n) {
    const double taken = std::min(n, size);
    capped.mean += mass * taken;
    square += mass * taken * taken;
    mass *= mean / (n + 1);
  }
  capped.variance = square - capped.mean * capped.mean;
  return capped;
}

}  // namespace

TEST_CASE("Poisson logs: calendar takes a second are those of the truncated Poisson count") {
  struct Setting {
    double requests_a_second;
    int reservoir;
    double exact;
  };
  for (const Setting setting :
       {Setting{1, 1, 0.6321}, {2, 1, 0.8647}, {5, 5, 4.1227}, {10, 10, 8.7489}}) {
    // One seed: three standard errors are too few for any.
    Random random(1);
    const int seconds = 20'000 / setting.reservoir;
    const TemporaryFile rules(rules_text(setting.reservoir));
    const TemporaryFile log(poisson_log(random, setting.requests_a_second, seconds));
    const json got = report(rules.path(), log.path());
    CHECK(got["method"] == "exact");
    const double taken = got["total"]["reservoir_taken"].get<double>() / seconds;
    const Capped capped = capped_poisson(setting.requests_a_second, setting.reservoir);
    CAPTURE(setting.requests_a_second, setting.reservoir, taken);
    CHECK(std::abs(capped.mean - setting.exact) < 0.00005);
    CHECK(std::abs(taken - setting.exact) < 3 * std::sqrt(capped.variance / seconds));
  }
}

TEST_CASE("Poisson logs: N instances with whole reservoirs are N thinner streams") {
  Random random(2);
  const int seconds = 4'000;
  const TemporaryFile rules(rules_text(1));
  const TemporaryFile log(poisson_log(random, 10, seconds));
  const json got = report(rules.path(), log.path(), {"--mode", "local", "--instances", "20"});
  CHECK(got["mode"] == "local");
  CHECK(got["instances"] == 20);
  CHECK(got["method"] == "approximate");
  const Capped capped = capped_poisson(0.5, 1);
  const double taken = got["total"]["reservoir_taken"].get<double>() / seconds;
  CHECK(std::abs(taken - 20 * capped.mean) < 3 * std::sqrt(20 * capped.variance / seconds));
}
