#include <dosimeter/rule.h>

#include "tests/support/catch.h"

#include <cmath>
#include <limits>

using namespace dosimeter;

namespace {

RuleSpec named(std::string name) {
  RuleSpec spec;
  spec.name = std::move(name);
  return spec;
}

}  // namespace

TEST_CASE("rule: the Default rule is what AWS ships") {
  const Rule rule = Rule::shipped_default();
  CHECK(rule.name() == "Default");
  CHECK(rule.is_default());
  CHECK(rule.priority() == 10000);
  CHECK(rule.reservoir_size() == 1);
  CHECK(rule.fixed_rate().value() == 0.05);
  for (const Field field : kFields) CHECK(rule.pattern(field) == "*");
  CHECK(rule.version() == 1);
}

TEST_CASE("rule: what is written is kept") {
  RuleSpec spec = named("Cruddur");
  spec.priority = -7;
  spec.fixed_rate = 1;
  spec.reservoir_size = kMaximumReservoirSize;
  spec.service_name = "s";
  spec.service_type = "t";
  spec.host = "h";
  spec.http_method = "m";
  spec.url_path = "p";
  spec.resource_arn = "r";
  spec.attributes = {{"tier", "gold*"}};
  spec.sampling_rate_boost = RateBoostSpec{0.5, 10};
  spec.version = 2;
  spec.description = "d";
  const Rule rule = Rule::from(spec).value();
  CHECK(rule.priority() == -7);
  CHECK(rule.fixed_rate().value() == 1);
  CHECK(rule.reservoir_size() == 500'000'000);
  CHECK(rule.pattern(Field::service_name) == "s");
  CHECK(rule.pattern(Field::service_type) == "t");
  CHECK(rule.pattern(Field::host) == "h");
  CHECK(rule.pattern(Field::http_method) == "m");
  CHECK(rule.pattern(Field::url_path) == "p");
  CHECK(rule.pattern(Field::resource_arn) == "r");
  REQUIRE(rule.attributes().size() == 1);
  CHECK(rule.attributes()[0].pattern == "gold*");
  REQUIRE(rule.sampling_rate_boost());
  CHECK(rule.sampling_rate_boost()->maximum_rate.value() == 0.5);
  CHECK(rule.sampling_rate_boost()->cooldown_window == std::chrono::minutes(10));
  CHECK(rule.version() == 2);
  CHECK(rule.description() == "d");
}

TEST_CASE("rule: what cannot be is refused with place, expected and got") {
  struct Case {
    RuleSpec spec;
    ErrorCode code;
    std::string where;
    std::string message;
  };
  const auto with = [](auto change) {
    RuleSpec spec = named("r");
    change(spec);
    return spec;
  };
  const Case cases[] = {
      {named(""), ErrorCode::rule_name_empty, "RuleName", "must not be empty"},
      {with([](RuleSpec& s) { s.fixed_rate = 10; }), ErrorCode::rate_out_of_range, "FixedRate",
       "must be between 0 and 1, got 10"},
      {with([](RuleSpec& s) { s.fixed_rate = -0.5; }), ErrorCode::rate_out_of_range, "FixedRate",
       "must be between 0 and 1, got -0.5"},
      {with([](RuleSpec& s) { s.fixed_rate = std::nan(""); }), ErrorCode::rate_out_of_range,
       "FixedRate", "must be between 0 and 1, got nan"},
      {with([](RuleSpec& s) { s.reservoir_size = -1; }), ErrorCode::reservoir_size_out_of_range,
       "ReservoirSize", "must be a whole number from 0 to 500000000, got -1"},
      {with([](RuleSpec& s) { s.reservoir_size = 500'000'001; }),
       ErrorCode::reservoir_size_out_of_range, "ReservoirSize",
       "must be a whole number from 0 to 500000000, got 500000001"},
      {with([](RuleSpec& s) {
         s.attributes = {{"", "x"}};
       }),
       ErrorCode::attribute_key_empty, "Attributes", "must have a key, got \"\""},
      {with([](RuleSpec& s) {
         s.attributes = {{"a", "x"}, {"b", "x"}, {"a", "y"}};
       }),
       ErrorCode::attribute_key_repeated, "Attributes", "must name each key once, got \"a\" twice"},
      {with([](RuleSpec& s) {
         s.sampling_rate_boost = RateBoostSpec{1.5, 1};
       }),
       ErrorCode::rate_out_of_range, "SamplingRateBoost.MaxRate",
       "must be between 0 and 1, got 1.5"},
      {with([](RuleSpec& s) {
         s.sampling_rate_boost = RateBoostSpec{1, -1};
       }),
       ErrorCode::boost_cooldown_out_of_range, "SamplingRateBoost.CooldownWindowMinutes",
       "must be a number of minutes from 0 to 2147483647, got -1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.message);
    const auto rule = Rule::from(c.spec);
    REQUIRE_FALSE(rule.has_value());
    CHECK(rule.error().code == c.code);
    CHECK(rule.error().where == c.where);
    CHECK(rule.error().message == c.message);
  }
}

TEST_CASE("rate: an error of its own names no field") {
  const auto rate = Rate::from(2);
  REQUIRE_FALSE(rate.has_value());
  CHECK(rate.error().where == "Rate");
  CHECK(Rate::from(0).value().value() == 0);
  CHECK(Rate::from(1).value().value() == 1);
}

TEST_CASE("error codes: the numbers are pinned") {
  CHECK(static_cast<int>(ErrorCode::rule_name_empty) == 1);
  CHECK(static_cast<int>(ErrorCode::rate_out_of_range) == 2);
  CHECK(static_cast<int>(ErrorCode::reservoir_size_out_of_range) == 3);
  CHECK(static_cast<int>(ErrorCode::attribute_key_empty) == 4);
  CHECK(static_cast<int>(ErrorCode::attribute_key_repeated) == 5);
  CHECK(static_cast<int>(ErrorCode::boost_cooldown_out_of_range) == 6);
  CHECK(static_cast<int>(ErrorCode::rule_name_repeated) == 7);
  CHECK(static_cast<int>(ErrorCode::too_many_rules) == 8);
  CHECK(static_cast<int>(ErrorCode::pattern_too_long) == 9);
}
