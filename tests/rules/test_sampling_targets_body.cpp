#include <dosimeter/rules/sampling_targets_body.h>

#include "tests/rules/body_check.h"
#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

BodyResult<SamplingTargetsBody> read(std::string_view text) {
  return read_sampling_targets({"SamplingTargets", text});
}

BodyResult<std::vector<StatisticsDocument>> read_request(std::string_view text) {
  return read_sampling_targets_request({"request", text});
}

Lines lines_of_text(std::string_view text) {
  return lines_of_body(read(text));
}
Lines lines_of_request(std::string_view text) {
  return lines_of_body(read_request(text));
}

TimePoint at(std::int64_t seconds, std::int64_t nanoseconds = 0) {
  return TimePoint(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanoseconds));
}

std::string targets(const std::string& fields) {
  return "{\"SamplingTargetDocuments\": [{" + fields + "}]}";
}

std::string documents(const std::string& fields) {
  return "{\"SamplingStatisticsDocuments\": [{" + fields + "}]}";
}

void check_same(const SamplingTargetsBody& a, const SamplingTargetsBody& b) {
  REQUIRE(a.targets.size() == b.targets.size());
  for (std::size_t i = 0; i < a.targets.size(); ++i) {
    CHECK(a.targets[i].rule_name == b.targets[i].rule_name);
    CHECK(a.targets[i].fixed_rate == b.targets[i].fixed_rate);
    CHECK(a.targets[i].reservoir_quota == b.targets[i].reservoir_quota);
    CHECK(a.targets[i].quota_expiry == b.targets[i].quota_expiry);
    CHECK(a.targets[i].interval == b.targets[i].interval);
    CHECK(a.targets[i].boost_rate == b.targets[i].boost_rate);
    CHECK(a.targets[i].boost_expiry == b.targets[i].boost_expiry);
  }
  CHECK(a.last_rule_modification == b.last_rule_modification);
  REQUIRE(a.unprocessed.size() == b.unprocessed.size());
  for (std::size_t i = 0; i < a.unprocessed.size(); ++i) {
    CHECK(a.unprocessed[i].rule_name == b.unprocessed[i].rule_name);
    CHECK(a.unprocessed[i].error_code == b.unprocessed[i].error_code);
    CHECK(a.unprocessed[i].message == b.unprocessed[i].message);
  }
}

// As the service answers, on one line.
const std::string kAnswer =
    R"({"SamplingTargetDocuments":[{"RuleName":"base","FixedRate":0.1,"ReservoirQuota":2,)"
    R"("ReservoirQuotaTTL":1.530923107E9,"Interval":10,"SamplingBoost":{"BoostRate":0.5,)"
    R"("BoostRateTTL":1530922866.0}}],"LastRuleModification":1530920505.0,)"
    R"("UnprocessedStatistics":[{"RuleName":"x","ErrorCode":"400","Message":"who?"}],)"
    R"("UnprocessedBoostStatistics":[]})";

const std::string kRequest =
    R"({"SamplingStatisticsDocuments":[{"RuleName":"base","ClientID":"0123456789abcdef01234567",)"
    R"("Timestamp":1530922806,"RequestCount":110,"SampledCount":20,"BorrowCount":10}]})";

}  // namespace

TEST_CASE("sampling targets body: what the service answers") {
  const auto result = read(kAnswer);
  CHECK(lines_of_body(result).empty());
  REQUIRE(result.ok());
  SamplingTargetsBody expected;
  expected.targets.push_back({.rule_name = "base",
                              .fixed_rate = Rate::from(0.1).value(),
                              .reservoir_quota = 2,
                              .quota_expiry = at(1530923107),
                              .interval = std::chrono::seconds(10),
                              .boost_rate = Rate::from(0.5).value(),
                              .boost_expiry = at(1530922866)});
  expected.last_rule_modification = at(1530920505);
  expected.unprocessed.push_back({"x", "400", "who?"});
  check_same(*result.body, expected);
}

TEST_CASE("sampling targets body: what is absent or null stays absent") {
  for (const char* fields :
       {R"("RuleName": "a")",
        R"("RuleName": "a", "FixedRate": null, "ReservoirQuota": null, "ReservoirQuotaTTL": null,
            "Interval": null, "SamplingBoost": null)"}) {
    const auto result = read(targets(fields));
    CHECK(lines_of_body(result).empty());
    REQUIRE(result.ok());
    SamplingTargetsBody expected;
    expected.targets.push_back({.rule_name = "a"});
    check_same(*result.body, expected);
  }
  CHECK(read(R"({"SamplingTargetDocuments": [], "LastRuleModification": null,
                 "UnprocessedStatistics": null})")
            .ok());
}

TEST_CASE("sampling targets body: what is written is read again") {
  SamplingTargetsBody body;
  body.targets.push_back({.rule_name = "a \"\\\x02\xC3\xA9",
                          .fixed_rate = Rate::from(1.0 / 3).value(),
                          .reservoir_quota = std::numeric_limits<std::int64_t>::max(),
                          .quota_expiry = at(1530923107, 123'456'789),
                          .interval = std::chrono::seconds(0),
                          .boost_expiry = at(-1)});
  body.targets.push_back({.rule_name = "b", .reservoir_quota = -1});
  body.last_rule_modification = at(0);
  body.unprocessed.push_back({"c", "", "\n"});
  for (const StampSpelling spelling : {StampSpelling::epoch_seconds, StampSpelling::iso_8601}) {
    const std::string text = write_sampling_targets(body, spelling);
    const auto result = read(text);
    CAPTURE(text);
    REQUIRE(result.ok());
    check_same(*result.body, body);
    CHECK(write_sampling_targets(*result.body, spelling) == text);
  }
  CHECK(read(write_sampling_targets({})).ok());
}

TEST_CASE("sampling targets body: what is wrong is said by place") {
  CHECK(lines_of_text("") == Lines{"SamplingTargets: expected a JSON object, got an empty body"});
  CHECK(lines_of_text("{}") == Lines{"SamplingTargets:1:1: SamplingTargetDocuments is missing"});
  CHECK(lines_of_text(R"({"SamplingTargetDocuments": [7]})") ==
        Lines{"SamplingTargets:1:30: a SamplingTargetDocument must be an object, got the number "
              "7"});
  CHECK(lines_of_text(targets(R"("FixedRate": 0.5)")) ==
        Lines{"SamplingTargets:1:30: RuleName is missing"});
  const auto of_rule = [](const std::string& field) {
    return lines_of_text(targets("\"RuleName\": \"a\", " + field));
  };
  const std::string place = "SamplingTargets:1:";
  CHECK(of_rule(R"("FixedRate": 1.5)") ==
        Lines{place + "61: rule \"a\": FixedRate must be between 0 and 1, got 1.5 (1.5 % is "
                      "0.015)"});
  CHECK(of_rule(R"("ReservoirQuota": 1.5)") ==
        Lines{place + "66: rule \"a\": ReservoirQuota must be a whole number, got 1.5"});
  CHECK(of_rule(R"("ReservoirQuota": "2")") ==
        Lines{place + "66: rule \"a\": ReservoirQuota must be a whole number, got the string "
                      "\"2\" (numbers stand without quotes)"});
  CHECK(of_rule(R"("ReservoirQuotaTTL": true)") ==
        Lines{place + "69: rule \"a\": ReservoirQuotaTTL must be seconds since 1970 or an ISO "
                      "8601 string, got true"});
  CHECK(of_rule(R"("Interval": -1)") ==
        Lines{place + "60: rule \"a\": Interval must be between 0 and 86400, got -1"});
  CHECK(of_rule(R"("SamplingBoost": 1)") ==
        Lines{place + "65: rule \"a\": SamplingBoost must be an object, got the number 1"});
  CHECK(of_rule(R"("SamplingBoost": {"BoostRate": 2})") ==
        Lines{place + "79: rule \"a\": BoostRate must be between 0 and 1, got 2 (2 % is 0.02)"});
  CHECK(of_rule(R"("Intervall": 1)") ==
        Lines{"warning: " + place +
              "48: rule \"a\": unknown key \"Intervall\", did you mean Interval?"});
  CHECK(of_rule(R"("Interval": 1, "Interval": 2)") ==
        Lines{place + "63: key \"Interval\" is there twice, first at 1:48"});
  CHECK(lines_of_text(R"({"SamplingTargetDocuments": [], "UnprocessedStatistics": {}})") ==
        Lines{place + "58: UnprocessedStatistics must be an array, got an object"});
  CHECK(lines_of_text(R"({"SamplingTargetDocuments": [], "UnprocessedStatistics":
[{"ErrorCode": 400}]})") ==
        Lines{"SamplingTargets:2:16: ErrorCode must be a string, got the number 400"});
}

TEST_CASE("sampling targets request: what recorders send") {
  const auto result = read_request(kRequest);
  CHECK(lines_of_body(result).empty());
  REQUIRE(result.ok());
  REQUIRE(result.body->size() == 1);
  const StatisticsDocument& only = result.body->front();
  CHECK(only.rule_name == "base");
  CHECK(only.client_id == "0123456789abcdef01234567");
  CHECK(only.timestamp == at(1530922806));
  CHECK(only.request_count == 110);
  CHECK(only.sampled_count == 20);
  CHECK(only.borrow_count == 10);
  CHECK(write_sampling_targets_requests(*result.body) == std::vector<std::string>{kRequest});

  const auto stamp_of = [](const std::string& timestamp) {
    const auto body = read_request(
        documents(R"("RuleName": "a", "ClientID": "0123456789abcdef01234567", "RequestCount": 1,
                     "SampledCount": 0, "Timestamp": )" +
                  timestamp));
    REQUIRE(body.ok());
    CHECK(body.diagnostics.empty());
    CHECK(body.body->front().borrow_count == 0);
    return body.body->front().timestamp;
  };
  CHECK(stamp_of("1530922806.25") == at(1530922806, 250'000'000));
  CHECK(stamp_of("1530922806250") == at(1530922806, 250'000'000));
  CHECK(stamp_of("\"2018-07-07T00:20:06Z\"") == at(1530922806));
}

TEST_CASE("sampling targets request: statistics as they come from a Sampler, 25 at a time") {
  std::vector<RuleStatistics> statistics;
  for (std::uint64_t i = 0; i < 51; ++i) {
    RuleStatistics& rule = statistics.emplace_back();
    rule.name = "rule " + std::to_string(i);
    rule.requests = std::numeric_limits<std::int64_t>::max() - i;
    rule.sampled = i;
    rule.borrowed = i / 2;
    rule.time = at(1530922806, 999'999'999);
  }
  const std::string client = "0123456789abcdef01234567";
  for (const StampSpelling spelling : {StampSpelling::epoch_seconds, StampSpelling::iso_8601}) {
    const auto requests =
        write_sampling_targets_requests(to_documents(statistics, client), spelling);
    REQUIRE(requests.size() == 3);
    std::size_t at_rule = 0;
    for (const std::string& request : requests) {
      const auto result = read_request(request);
      CHECK(lines_of_body(result).empty());
      REQUIRE(result.ok());
      CHECK(result.body->size() <= kMaximumStatistics);
      for (const StatisticsDocument& document : *result.body) {
        const RuleStatistics& rule = statistics.at(at_rule++);
        CHECK(document.rule_name == rule.name);
        CHECK(document.client_id == client);
        CHECK(document.timestamp == at(1530922806));
        CHECK(document.request_count == rule.requests);
        CHECK(document.sampled_count == rule.sampled);
        CHECK(document.borrow_count == rule.borrowed);
      }
    }
    CHECK(at_rule == statistics.size());
  }
  CHECK(write_sampling_targets_requests({}).empty());
}

TEST_CASE("sampling targets request: what is wrong is said by place") {
  CHECK(lines_of_request("{}") == Lines{"request:1:1: SamplingStatisticsDocuments is missing"});
  CHECK(lines_of_request(documents(R"("RuleName": "a", "SampleCount": 1)")) ==
        Lines{"request:1:34: rule \"a\": ClientID, Timestamp, RequestCount and SampledCount are "
              "missing",
              "warning: request:1:52: rule \"a\": unknown key \"SampleCount\", did you mean "
              "SampledCount?"});
  CHECK(lines_of_request(documents(
            R"("RuleName": "a", "ClientID": "me", "Timestamp": -1, "RequestCount": -1,
"SampledCount": 9223372036854775808)")) ==
        Lines{"warning: request:1:64: rule \"a\": ClientID must have 24 characters, got 2: "
              "\"me\"",
              "request:1:103: rule \"a\": RequestCount must be between 0 and 9223372036854775807, "
              "got -1",
              "request:2:17: rule \"a\": SampledCount must be between 0 and 9223372036854775807, "
              "got 9223372036854775808"});
}

TEST_CASE("sampling targets request: a key twice is an error") {
  std::string twice = kRequest;
  twice.insert(twice.find("\"RequestCount\""), "\"RequestCount\":1,");
  CHECK(lines_of_request(twice) ==
        Lines{"request:1:130: key \"RequestCount\" is there twice, first at 1:113"});
}

TEST_CASE("sampling targets body: sizes and counts are bounded") {
  CHECK(lines_of_text(std::string(kMaximumBodyBytes + 1, '[')) ==
        Lines{"SamplingTargets: expected at most 4 MiB (4194304 bytes), got more"});
  const std::string many = repeated("0,", kMaximumBodyItems) + "0]}";
  CHECK(lines_of_text("{\"SamplingTargetDocuments\":[" + many) ==
        Lines{"SamplingTargets:1:28: SamplingTargetDocuments must have at most 10000 items, got "
              "10001"});
  CHECK(lines_of_text("{\"SamplingTargetDocuments\":[],\"UnprocessedStatistics\":[" + many) ==
        Lines{"SamplingTargets:1:55: UnprocessedStatistics must have at most 10000 items, got "
              "10001"});
  CHECK(lines_of_request("{\"SamplingStatisticsDocuments\":[" + many) ==
        Lines{"request:1:32: SamplingStatisticsDocuments must have at most 10000 items, got "
              "10001"});
}

TEST_CASE("sampling targets body: no bytes do harm") {
  check_hostile(kAnswer, read);
  check_hostile(kRequest, read_request);
}

}  // namespace dosimeter::rules::test
