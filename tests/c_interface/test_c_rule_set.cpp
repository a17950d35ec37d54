#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/trace_header.h>
#include <dosimeter/version.h>

#include "tests/c_interface/given_rules.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"

#include <cstring>
#include <limits>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

/// What dosimeter_rule_set_create says of one rule after a good one.
dosimeter_error error_of(const RuleSpec& spec) {
  dosimeter_error error;
  const RuleSpec good = named("good", 2);
  CHECK(make({good, spec}, &error) == nullptr);
  return error;
}

}  // namespace

TEST_CASE("c: the library says what it is") {
  CHECK(std::string(dosimeter_version()) == kVersion);
  CHECK(dosimeter_abi() == DOSIMETER_ABI);
}

TEST_CASE("c: a text of a string") {
  CHECK(words(dosimeter_text_of("abc")) == "abc");
  CHECK(dosimeter_text_of("").data != nullptr);
  CHECK(dosimeter_text_of("").size == 0);
  CHECK(dosimeter_text_of(nullptr).data == nullptr);
}

TEST_CASE("c: recorders by index") {
  for (std::size_t i = 0; i < recorders().size(); ++i) {
    const dosimeter_text name = dosimeter_recorder_name(i);
    CHECK(words(name) == recorders()[i].name);
    CHECK(name.data[name.size] == '\0');
  }
  CHECK(dosimeter_recorder_name(recorders().size()).data == nullptr);
  CHECK(dosimeter_recorder_name(DOSIMETER_NO_INDEX).data == nullptr);
}

TEST_CASE("c: every code has a name") {
  for (int code = -6; code <= 10; ++code) {
    CHECK(std::string(dosimeter_code_name(code)) != "unknown");
  }
  CHECK(std::string(dosimeter_code_name(DOSIMETER_RATE_OUT_OF_RANGE)) == "rate_out_of_range");
  for (const int code : {-7, 11, 99, std::numeric_limits<int>::min()}) {
    CHECK(std::string(dosimeter_code_name(code)) == "unknown");
  }
}

TEST_CASE("c: an error's texts are cut between characters and end with a zero byte") {
  dosimeter_error error;
  std::memset(&error, 'x', sizeof error);
  dosimeter_error_set(&error, 5, 7, c_text("where"), c_text(std::string_view("a\0b", 3)));
  CHECK(error.code == 5);
  CHECK(error.rule == 7);
  CHECK(std::string(error.where) == "where");
  CHECK(std::string(error.message) == "a?b");
  for (std::size_t length = 0; length < 600; ++length) {
    const std::string ascii(length, 'a');
    dosimeter_error_set(&error, 1, 0, c_text(ascii), c_text(ascii));
    CHECK(std::string(error.where) == (length < 64 ? ascii : ascii.substr(0, 60) + "..."));
    CHECK(std::string(error.message) == (length < 512 ? ascii : ascii.substr(0, 508) + "..."));
  }
  std::string euros;
  for (int i = 0; i < 300; ++i) euros += "\xE2\x82\xAC";
  dosimeter_error_set(&error, 1, 0, {}, c_text(euros));
  CHECK(std::string(error.message) == euros.substr(0, 507) + "...");
  CHECK(std::string(error.where).empty());
  const std::string no_utf8(600, '\x80');
  dosimeter_error_set(&error, 1, 0, {}, c_text(no_utf8));
  CHECK(std::string(error.message) == "...");
  dosimeter_error_set(nullptr, 1, 0, {}, {});
}

TEST_CASE("c: a rule begins as the Default rule that AWS ships") {
  dosimeter_rule rule;
  std::memset(&rule, 0x55, sizeof rule);
  dosimeter_rule_init(&rule);
  const RuleSpec spec;
  CHECK(rule.size == sizeof rule);
  CHECK(rule.name.data == nullptr);
  CHECK(rule.priority == spec.priority);
  CHECK(rule.fixed_rate == spec.fixed_rate);
  CHECK(rule.reservoir_size == spec.reservoir_size);
  for (const dosimeter_text& pattern : {rule.service_name, rule.service_type, rule.host,
                                        rule.http_method, rule.url_path, rule.resource_arn}) {
    CHECK(words(pattern) == "*");
  }
  CHECK(rule.attributes == nullptr);
  CHECK(rule.attribute_count == 0);
  CHECK(rule.version == spec.version);
  CHECK(rule.has_boost == 0);
  CHECK(rule.lacks_attributes == 0);
  CHECK(rule.lacks_service_type == 0);
  dosimeter_rule_init(nullptr);
}

TEST_CASE("c: a rule set names its rules in order of evaluation") {
  dosimeter_error error;
  std::memset(&error, 'x', sizeof error);
  dosimeter_rule_set* rule_set = make({named("late", 9), named("early", 1)}, &error);
  REQUIRE(rule_set != nullptr);
  CHECK(error.code == DOSIMETER_OK);
  CHECK(error.rule == DOSIMETER_NO_INDEX);
  CHECK(std::string(error.message).empty());
  CHECK(dosimeter_rule_set_rule_count(rule_set) == 3);
  CHECK(words(dosimeter_rule_set_rule_name(rule_set, 0)) == "early");
  CHECK(words(dosimeter_rule_set_rule_name(rule_set, 1)) == "late");
  CHECK(words(dosimeter_rule_set_rule_name(rule_set, 2)) == "Default");
  CHECK(dosimeter_rule_set_rule_name(rule_set, 3).data == nullptr);
  CHECK(dosimeter_rule_set_rule_name(rule_set, DOSIMETER_NO_INDEX).data == nullptr);
  CHECK(words(dosimeter_rule_set_recorder(rule_set)) == "documented");
  CHECK(dosimeter_rule_set_kind(rule_set) == DOSIMETER_CENTRAL);
  CHECK(dosimeter_rule_set_ignored(rule_set, 0) == nullptr);
  dosimeter_rule_set_destroy(rule_set);

  rule_set = make({}, nullptr, "xray-python", DOSIMETER_LOCAL);
  REQUIRE(rule_set != nullptr);
  CHECK(words(dosimeter_rule_set_recorder(rule_set)) == "xray-python");
  CHECK(dosimeter_rule_set_kind(rule_set) == DOSIMETER_LOCAL);
  dosimeter_rule_set_destroy(rule_set);
}

TEST_CASE("c: an absent recorder is the documented one, and an absent pattern a star") {
  dosimeter_rule rule;
  dosimeter_rule_init(&rule);
  rule.name = c_text("r");
  rule.service_name = {};
  rule.url_path = {nullptr, 7};
  dosimeter_rule_set* rule_set = nullptr;
  REQUIRE(dosimeter_rule_set_create({}, DOSIMETER_CENTRAL, &rule, 1, &rule_set, nullptr) ==
          DOSIMETER_OK);
  CHECK(words(dosimeter_rule_set_recorder(rule_set)) == "documented");
  dosimeter_sampler* sampler = nullptr;
  REQUIRE(dosimeter_sampler_create(rule_set, &sampler) == DOSIMETER_OK);
  dosimeter_request request;
  dosimeter_request_init(&request);
  request.url_path = c_text("/anything");
  dosimeter_decision decision;
  REQUIRE(dosimeter_sampler_decide(sampler, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  dosimeter_text name;
  REQUIRE(dosimeter_sampler_rule_name(sampler, decision.rule, &name) == DOSIMETER_OK);
  CHECK(words(name) == "r");
  dosimeter_sampler_destroy(sampler);
  dosimeter_rule_set_destroy(rule_set);
}

TEST_CASE("c: rules that a recorder leaves out, and why") {
  RuleSpec with_attributes = named("with");
  with_attributes.attributes = {{"tier", "gold"}};
  std::size_t ignoring = 0;
  for (const Recorder& recorder : recorders()) {
    const std::vector<RuleSpec> specs = {named("without"), with_attributes};
    dosimeter_rule_set* rule_set = make(specs, nullptr, recorder.name);
    REQUIRE(rule_set != nullptr);
    const RuleSet expected = RuleSetBuilder(recorder)
                                 .add(Rule::from(specs[0]).value())
                                 .add(Rule::from(specs[1]).value())
                                 .build()
                                 .value();
    std::size_t count = 0;
    while (const dosimeter_ignored_rule* ignored = dosimeter_rule_set_ignored(rule_set, count)) {
      REQUIRE(count < expected.ignored().size());
      CHECK(words(ignored->name) == expected.ignored()[count].rule.name());
      CHECK(words(ignored->reason) == expected.ignored()[count].reason);
      CHECK(ignored->reason.data[ignored->reason.size] == '\0');
      ++count;
    }
    CHECK(count == expected.ignored().size());
    if (count > 0) ++ignoring;
    dosimeter_rule_set_destroy(rule_set);
  }
  CHECK(ignoring > 0);
}

TEST_CASE("c: what is wrong with a rule comes with its index") {
  const auto check = [](const RuleSpec& spec) {
    const dosimeter_error got = error_of(spec);
    const Error expected = Rule::from(spec).error();
    CHECK(got.code == static_cast<int>(expected.code));
    CHECK(got.rule == 1);
    CHECK(std::string(got.where) == expected.where);
    CHECK(std::string(got.message) == expected.message);
    return got.code;
  };
  RuleSpec spec = named("");
  CHECK(check(spec) == DOSIMETER_RULE_NAME_EMPTY);
  spec = named("r", 1, 10);
  CHECK(check(spec) == DOSIMETER_RATE_OUT_OF_RANGE);
  spec = named("r", 1, 1, -1);
  CHECK(check(spec) == DOSIMETER_RESERVOIR_SIZE_OUT_OF_RANGE);
  spec = named("r");
  spec.attributes = {{"", "x"}};
  CHECK(check(spec) == DOSIMETER_ATTRIBUTE_KEY_EMPTY);
  spec.attributes = {{"k", "x"}, {"k", "y"}};
  CHECK(check(spec) == DOSIMETER_ATTRIBUTE_KEY_REPEATED);
  spec = named("r");
  spec.sampling_rate_boost = RateBoostSpec{0.5, -1};
  CHECK(check(spec) == DOSIMETER_BOOST_COOLDOWN_OUT_OF_RANGE);
  spec.sampling_rate_boost = RateBoostSpec{2, 1};
  CHECK(check(spec) == DOSIMETER_RATE_OUT_OF_RANGE);
  spec = named("r");
  spec.url_path = std::string(4097, 'a');
  CHECK(check(spec) == DOSIMETER_PATTERN_TOO_LONG);
}

TEST_CASE("c: what is wrong with several rules comes with an index too") {
  dosimeter_error error;
  CHECK(make({named("a"), named("b"), named("c"), named("b"), named("a")}, &error) == nullptr);
  CHECK(error.code == DOSIMETER_RULE_NAME_REPEATED);
  CHECK(error.rule == 3);
  CHECK(std::string(error.where) == "RuleName");
  CHECK(make({named("a"), named(std::string(kLocalSamplerName))}, &error) == nullptr);
  CHECK(error.code == DOSIMETER_RULE_NAME_REPEATED);
  CHECK(error.rule == 1);

  std::size_t refusing = 0;
  for (const Recorder& recorder : recorders()) {
    std::vector<RuleSpec> specs(4, named("r"));
    for (std::size_t i = 0; i < specs.size(); ++i) specs[i].name += std::to_string(i);
    specs[1].lacks_service_type = true;
    specs[2].lacks_attributes = true;
    dosimeter_rule_set* rule_set = make(specs, &error, recorder.name);
    if (rule_set != nullptr) {
      dosimeter_rule_set_destroy(rule_set);
      continue;
    }
    ++refusing;
    CHECK(error.code == DOSIMETER_RULES_REFUSED_BY_RECORDER);
    CHECK(error.rule == (std::string(error.where) == "Attributes" ? 2U : 1U));
    CHECK(std::string(error.message).find(specs[error.rule].name) != std::string::npos);
  }
  CHECK(refusing > 0);
}

TEST_CASE("c: wrong arguments are refused, and what should have been made is NULL") {
  dosimeter_rule rule;
  dosimeter_rule_init(&rule);
  rule.name = c_text("r");
  dosimeter_error error;
  const auto create = [&](dosimeter_text recorder, int kind, const dosimeter_rule* rules,
                          size_t count) {
    auto* rule_set = reinterpret_cast<dosimeter_rule_set*>(&rule);
    const int code = dosimeter_rule_set_create(recorder, kind, rules, count, &rule_set, &error);
    CHECK(rule_set == nullptr);
    CHECK(error.code == code);
    return code;
  };
  CHECK(create(c_text("nobody"), DOSIMETER_CENTRAL, &rule, 1) == DOSIMETER_UNKNOWN_RECORDER);
  CHECK(std::string(error.where) == "recorder");
  CHECK(create(c_text(""), DOSIMETER_CENTRAL, &rule, 1) == DOSIMETER_UNKNOWN_RECORDER);
  CHECK(create({}, 2, &rule, 1) == DOSIMETER_BAD_ARGUMENT);
  CHECK(std::string(error.where) == "kind");
  CHECK(create({}, -1, &rule, 1) == DOSIMETER_BAD_ARGUMENT);
  CHECK(create(c_text("otel-go"), DOSIMETER_LOCAL, &rule, 1) == DOSIMETER_NO_LOCAL_RULES);
  CHECK(create({}, DOSIMETER_CENTRAL, nullptr, 1) == DOSIMETER_BAD_ARGUMENT);
  CHECK(std::string(error.where) == "rules");
  CHECK(create({}, DOSIMETER_CENTRAL, &rule, kMaximumRules + 1) == DOSIMETER_TOO_MANY_RULES);
  CHECK(error.rule == DOSIMETER_NO_INDEX);
  rule.attribute_count = 1;
  CHECK(create({}, DOSIMETER_CENTRAL, &rule, 1) == DOSIMETER_BAD_ARGUMENT);
  CHECK(std::string(error.where) == "attributes");
  CHECK(error.rule == 0);
  rule.attribute_count = 0;
  for (const size_t size : {size_t{0}, sizeof rule - 1, sizeof rule + 8}) {
    rule.size = size;
    CHECK(create({}, DOSIMETER_CENTRAL, &rule, 1) == DOSIMETER_UNKNOWN_STRUCT_SIZE);
    CHECK(std::string(error.where) == "size");
    CHECK(error.rule == 0);
  }
  CHECK(dosimeter_rule_set_create({}, DOSIMETER_CENTRAL, nullptr, 0, nullptr, &error) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(error.code == DOSIMETER_BAD_ARGUMENT);

  CHECK(dosimeter_rule_set_recorder(nullptr).data == nullptr);
  CHECK(dosimeter_rule_set_kind(nullptr) == DOSIMETER_CENTRAL);
  CHECK(dosimeter_rule_set_rule_count(nullptr) == 0);
  CHECK(dosimeter_rule_set_rule_name(nullptr, 0).data == nullptr);
  CHECK(dosimeter_rule_set_ignored(nullptr, 0) == nullptr);
  CHECK(dosimeter_rule_set_upstream(nullptr, c_text("Sampled=1")) == DOSIMETER_UPSTREAM_NONE);
  dosimeter_rule_set_destroy(nullptr);
}

TEST_CASE("c: a rule set that runs out of memory is an error, and nothing leaks") {
  RuleSpec first = named("a name that is too long to be kept in place", 1);
  first.url_path = "/a/path/*/that/is?too/long/to/be/kept/in/place";
  first.attributes = {{"a key that is too long to be kept in place", "*x*"}};
  const std::vector<RuleSpec> specs = {first, named("another name too long for its place", 2)};
  const GivenRules given(specs);
  std::size_t failures = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    dosimeter_rule_set* rule_set = nullptr;
    dosimeter_error error;
    int code = DOSIMETER_OK;
    {
      const AllocationLimit limit(allowed);
      code = dosimeter_rule_set_create(c_text("adot-go"), DOSIMETER_CENTRAL, given.rules.data(),
                                       given.rules.size(), &rule_set, &error);
    }
    CHECK(error.code == code);
    if (code == DOSIMETER_OK) {
      dosimeter_rule_set_destroy(rule_set);
      break;
    }
    ++failures;
    REQUIRE(code == DOSIMETER_OUT_OF_MEMORY);
    REQUIRE(rule_set == nullptr);
  }
  CHECK(failures > 10);
}

TEST_CASE("c: a trace header decides as the recorder reads it") {
  for (const Recorder& recorder : recorders()) {
    dosimeter_rule_set* rule_set = make({}, nullptr, recorder.name);
    for (const std::string_view header :
         {"", "Sampled=1", "Sampled=0", "sampled=1", "Sampled=?", "Root=;Sampled=1",
          "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
          "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0"}) {
      const std::size_t before = allocation_count();
      const uint32_t got = dosimeter_rule_set_upstream(rule_set, c_text(header));
      CHECK(allocation_count() == before);
      CHECK(got == static_cast<uint32_t>(upstream_decision(header, recorder.text)));
    }
    CHECK(dosimeter_rule_set_upstream(rule_set, {}) == DOSIMETER_UPSTREAM_NONE);
    dosimeter_rule_set_destroy(rule_set);
  }
}
