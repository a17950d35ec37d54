#include <dosimeter/rules/sampling_rules_body.h>

#include "tests/rules/body_check.h"
#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

BodyResult<SamplingRulesBody> read(std::string_view text) {
  return read_sampling_rules({"GetSamplingRules", text});
}

Lines lines_of_text(std::string_view text) {
  return lines_of_body(read(text));
}

TimePoint at(std::int64_t seconds, std::int64_t nanoseconds = 0) {
  return TimePoint(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanoseconds));
}

std::string records(const std::string& record, const std::string& more = "") {
  return "{\"SamplingRuleRecords\": [" + record + "]" + more + "}";
}

std::string record(const Fields& changes, const std::string& more = "") {
  return "{\"SamplingRule\": " + rule_text(changes) + more + "}";
}

void check_same(const Rule& a, const Rule& b) {
  CHECK(a.name() == b.name());
  CHECK(a.priority() == b.priority());
  CHECK(a.fixed_rate() == b.fixed_rate());
  CHECK(a.reservoir_size() == b.reservoir_size());
  for (const Field field : kFields) CHECK(a.pattern(field) == b.pattern(field));
  CHECK(a.version() == b.version());
  CHECK(a.lacks_attributes() == b.lacks_attributes());
  CHECK(a.lacks_service_type() == b.lacks_service_type());
  REQUIRE(a.attributes().size() == b.attributes().size());
  for (std::size_t i = 0; i < a.attributes().size(); ++i) {
    CHECK(a.attributes()[i].key == b.attributes()[i].key);
    CHECK(a.attributes()[i].pattern == b.attributes()[i].pattern);
  }
  REQUIRE(a.sampling_rate_boost().has_value() == b.sampling_rate_boost().has_value());
  if (a.sampling_rate_boost()) {
    CHECK(a.sampling_rate_boost()->maximum_rate == b.sampling_rate_boost()->maximum_rate);
    CHECK(a.sampling_rate_boost()->cooldown_window == b.sampling_rate_boost()->cooldown_window);
  }
}

// As the service answers, on one line.
const std::string kAnswer =
    R"({"SamplingRuleRecords":[{"SamplingRule":{"RuleName":"Default","RuleARN":)"
    R"("arn:aws:xray:us-east-1:123456789012:sampling-rule/Default","ResourceARN":"*",)"
    R"("Priority":10000,"FixedRate":0.05,"ReservoirSize":1,"ServiceName":"*","ServiceType":"*",)"
    R"("Host":"*","HTTPMethod":"*","URLPath":"*","Version":1,"Attributes":{}},)"
    R"("CreatedAt":0.0,"ModifiedAt":1.530558121E9}],"NextToken":null})";

}  // namespace

TEST_CASE("sampling rules body: what the service answers") {
  const auto result = read(kAnswer);
  CHECK(lines_of_body(result).empty());
  REQUIRE(result.ok());
  REQUIRE(result.body->records.size() == 1);
  const SamplingRuleRecord& only = result.body->records[0];
  CHECK(only.rule.is_default());
  CHECK(only.rule.priority() == 10000);
  CHECK_FALSE(only.rule.lacks_attributes());
  CHECK(only.created_at == at(0));
  CHECK(only.modified_at == at(1530558121));
  CHECK(result.body->next_token.empty());
}

TEST_CASE("sampling rules body: the command line's stamps, a list that goes on") {
  const auto result =
      read(records(record({{"Attributes", R"({"tier": "gold"})"}},
                          R"(, "CreatedAt": "2018-07-07T09:25:07.5+09:00", "ModifiedAt": null)") +
                       ", " + record({{"RuleName", "\"next\""}}),
                   R"(, "NextToken": "a\"b")"));
  CHECK(lines_of_body(result).empty());
  REQUIRE(result.ok());
  REQUIRE(result.body->records.size() == 2);
  CHECK(result.body->records[0].created_at == at(1530923107, 500'000'000));
  CHECK_FALSE(result.body->records[0].modified_at);
  CHECK(result.body->records[0].rule.attributes().at(0).pattern == "gold");
  CHECK(result.body->records[1].rule.name() == "next");
  CHECK(result.body->records[1].rule.lacks_attributes());
  CHECK(result.body->next_token == "a\"b");
  CHECK(write_sampling_rules_request(result.body->next_token) == R"({"NextToken":"a\"b"})");
  CHECK(write_sampling_rules_request() == "{}");
}

TEST_CASE("sampling rules body: what is written is read again") {
  SamplingRulesBody body;
  body.records.push_back({Rule::shipped_default(), at(0), at(1530558121)});
  body.records.push_back({Rule::from({.name = "all of it \"\\\x01\xC3\xA9",
                                      .priority = 1,
                                      .fixed_rate = 0.1,
                                      .reservoir_size = 500'000'000,
                                      .service_name = "a?*",
                                      .service_type = "AWS::ECS::Container",
                                      .host = "*.example",
                                      .http_method = "GET",
                                      .url_path = "/a\tb/*",
                                      .resource_arn = "arn:*",
                                      .attributes = {{"b", "1"}, {"a", "*"}},
                                      .sampling_rate_boost = RateBoostSpec{0.5, 10}})
                              .value(),
                          at(1530558121, 123'456'789), at(-1)});
  RuleSpec lacking{.name = "lacking", .fixed_rate = 1.0 / 3};
  lacking.lacks_attributes = lacking.lacks_service_type = true;
  body.records.push_back({Rule::from(lacking).value()});
  body.next_token = "more";
  for (const StampSpelling spelling : {StampSpelling::epoch_seconds, StampSpelling::iso_8601}) {
    const std::string text = write_sampling_rules(body, spelling);
    CAPTURE(text);
    const auto result = read(text);
    REQUIRE(result.ok());
    REQUIRE(result.body->records.size() == body.records.size());
    for (std::size_t i = 0; i < body.records.size(); ++i) {
      check_same(result.body->records[i].rule, body.records[i].rule);
      CHECK(result.body->records[i].created_at == body.records[i].created_at);
      CHECK(result.body->records[i].modified_at == body.records[i].modified_at);
    }
    CHECK(result.body->next_token == "more");
    CHECK(write_sampling_rules(*result.body, spelling) == text);
    // Whatever reads rule documents reads it too.
    CHECK(load(text).ok());
  }
  CHECK(read(write_sampling_rules({})).ok());
}

TEST_CASE("sampling rules body: what is wrong is said by place") {
  CHECK(lines_of_text("") == Lines{"GetSamplingRules: expected a JSON object, got an empty body"});
  CHECK(lines_of_text(" \n") ==
        Lines{"GetSamplingRules: expected a JSON object, got nothing but white space"});
  CHECK(lines_of_text("<html>") ==
        Lines{"GetSamplingRules:1:1: expected JSON, which begins with { or [, got \"<html>\""});
  CHECK(lines_of_text("[]") ==
        Lines{"GetSamplingRules:1:1: the body must be an object, got an array"});
  CHECK(lines_of_text("{}") == Lines{"GetSamplingRules:1:1: SamplingRuleRecords is missing"});
  CHECK(lines_of_text(R"({"SamplingRuleRecords": null})") ==
        Lines{"GetSamplingRules:1:25: SamplingRuleRecords must be an array, got null"});
  CHECK(lines_of_text(R"({"SamplingRuleRecords": [5]})") ==
        Lines{"GetSamplingRules:1:26: rule \"rules[0]\": a SamplingRuleRecord must be an object, "
              "got the number 5"});
  CHECK(lines_of_text(records(record({{"FixedRate", "10"}}))) ==
        Lines{"GetSamplingRules:1:118: rule \"Cruddur\": FixedRate must be between 0 and 1, got 10 "
              "(10 % is 0.1)"});
  CHECK(lines_of_text(records(record({}, R"(, "CreatedAt": "yesterday")"))) ==
        Lines{"GetSamplingRules:1:271: rule \"Cruddur\": CreatedAt must be seconds since 1970 or "
              "like 2018-07-07T00:25:07+00:00, got the string \"yesterday\""});
  CHECK(lines_of_text(records(record({}) + ", " + record({}))) ==
        Lines{"GetSamplingRules:1:289: rule \"Cruddur\": a rule name must be used once, got it "
              "again"});
  CHECK(lines_of_text(records("", R"(, "NextToken": 5)")) ==
        Lines{"warning: GetSamplingRules:1:25: SamplingRuleRecords holds no rule: the Default rule "
              "alone applies",
              "GetSamplingRules:1:42: NextToken must be a string, got the number 5"});
  CHECK(lines_of_text(records(record({}), R"(, "NextToken": "a", "NextToken": "b")")).size() == 1);
  // What the service may have gained is no error.
  CHECK(lines_of_text(records(record({{"Colour", "\"red\""}}), R"(, "Count": 1)")) ==
        Lines{"warning: GetSamplingRules:1:257: rule \"Cruddur\": unknown key \"Colour\"",
              "warning: GetSamplingRules:1:277: unknown key \"Count\""});
}

TEST_CASE("sampling rules body: sizes and counts are bounded") {
  CHECK(lines_of_text(std::string(kMaximumBodyBytes + 1, '[')) ==
        Lines{"GetSamplingRules: expected at most 4 MiB (4194304 bytes), got more"});
  CHECK(lines_of_text(std::string(kMaximumBodyBytes, '[')) ==
        Lines{"GetSamplingRules:1:65: expected at most 64 nested brackets, got one more"});
  CHECK(lines_of_text(records(repeated("0,", kMaximumBodyItems) + "0")) ==
        Lines{"GetSamplingRules:1:25: SamplingRuleRecords must have at most 10000 items, got "
              "10001"});
  CHECK(lines_of_text(records(repeated("0,", kMaximumBodyItems - 1) + "0")).size() == 1001);
}

TEST_CASE("sampling rules body: no bytes do harm") {
  check_hostile(kAnswer, read);
}

}  // namespace dosimeter::rules::test
