#include "rules/src/constraints.h"
#include "rules/src/json_reader.h"
#include "rules/src/message.h"
#include "rules/src/report.h"
#include "rules/src/suggestion.h"
#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

std::string text_of(std::size_t characters) {
  return "\"" + repeated("\xC3\xA9", characters) + "\"";
}

TEST_CASE("rule document: the limits are AWS's") {
  CHECK(limits::kRuleNameMinimumLength == 1);
  CHECK(limits::kRuleNameLength == 32);
  CHECK(limits::kMinimumPriority == 1);
  CHECK(limits::kMaximumPriority == 9999);
  CHECK(limits::kMinimumRate == 0);
  CHECK(limits::kMaximumRate == 1);
  CHECK(limits::kMinimumReservoirSize == 0);
  CHECK(limits::kServiceNameLength == 64);
  CHECK(limits::kServiceTypeLength == 64);
  CHECK(limits::kHostLength == 64);
  CHECK(limits::kHttpMethodLength == 10);
  CHECK(limits::kUrlPathLength == 128);
  CHECK(limits::kResourceArnLength == 500);
  CHECK(limits::kMinimumVersion == 1);
  CHECK(limits::kKnownVersion == 1);
  CHECK(limits::kAttributes == 5);
  CHECK(limits::kAttributeMinimumLength == 1);
  CHECK(limits::kAttributeKeyLength == 32);
  CHECK(limits::kAttributeValueLength == 32);
  CHECK(limits::kMinimumCooldownMinutes == 0);
  CHECK(limits::kCustomRules == 25);
  CHECK(kMaximumDocumentBytes == 16777216);
  CHECK(kMaximumJsonDepth == 64);
  CHECK(kMaximumListed == 1000);
  CHECK(kQuotedBytes == 80);
  CHECK(kSuggestionDistance == 2);
}

struct BoundCase {
  std::string field;
  // Accepted as it is.
  std::string within;
  std::string beyond;
  std::string message;
  // Whether an engine could not hold it either, so that it is an error even in what the service
  // returned.
  bool engine = false;
};

std::vector<BoundCase> bound_cases() {
  const auto long_text = [](std::string_view field, std::size_t most) {
    const std::string quoted =
        repeated("\xC3\xA9", std::min<std::size_t>(most + 1, 40)) + (most + 1 > 40 ? "..." : "");
    return BoundCase{std::string(field), text_of(most), text_of(most + 1),
                     std::string(field) + " must have at most " + std::to_string(most) +
                         " characters, got " + std::to_string(most + 1) + ": \"" + quoted + "\""};
  };
  return {
      {"RuleName", text_of(32), text_of(33),
       "RuleName must have 1 to 32 characters, got 33: \"" + repeated("\xC3\xA9", 33) + "\""},
      {"RuleName", "\"x\"", "\"\"", "RuleName must have 1 to 32 characters, got 0", true},
      {"Priority", "1", "0", "Priority must be between 1 and 9999, got 0"},
      {"Priority", "9999", "10000", "Priority must be between 1 and 9999, got 10000"},
      {"Priority", "1.0", "1.5", "Priority must be a whole number, got 1.5", true},
      {"Priority", "1e3", "9e99", "Priority must be a number of at most 64 bits, got 9e99", true},
      {"FixedRate", "0", "-0.001", "FixedRate must be between 0 and 1, got -0.001", true},
      {"FixedRate", "-0", "-1e-300", "FixedRate must be between 0 and 1, got -1e-300", true},
      {"FixedRate", "1.0", "1.01", "FixedRate must be between 0 and 1, got 1.01 (1.01 % is 0.0101)",
       true},
      {"FixedRate", "1e-400", "101", "FixedRate must be between 0 and 1, got 101", true},
      {"FixedRate", "0.07", "7", "FixedRate must be between 0 and 1, got 7 (7 % is 0.07)", true},
      {"FixedRate", "0.123", "12.3",
       "FixedRate must be between 0 and 1, got 12.3 (12.3 % is 0.123)", true},
      {"FixedRate", "0.1", "\"0.1\"",
       "FixedRate must be a number, got the string \"0.1\" (numbers stand without quotes)", true},
      {"FixedRate", "0.1", "\"10 %\"", "FixedRate must be a number, got the string \"10 %\"", true},
      {"ReservoirSize", "0", "-1",
       "ReservoirSize must be a whole number from 0 to 500000000 (the most this program counts), "
       "got -1",
       true},
      {"ReservoirSize", "-0", "true", "ReservoirSize must be a whole number, got true", true},
      {"ReservoirSize", "500000000", "500000001",
       "ReservoirSize must be a whole number from 0 to 500000000 (the most this program counts), "
       "got 500000001",
       true},
      {"ReservoirSize", "5.0", "99999999999999999999",
       "ReservoirSize must be a whole number from 0 to 500000000 (the most this program counts), "
       "got 99999999999999999999",
       true},
      long_text("ServiceName", 64),
      long_text("ServiceType", 64),
      long_text("Host", 64),
      long_text("HTTPMethod", 10),
      long_text("URLPath", 128),
      long_text("ResourceARN", 500),
      {"Host", "\"\"", "[]", "Host must be a string, got an array", true},
      {"Version", "1", "0", "Version must be at least 1, got 0"},
      {"Attributes", "{}", "[]", "Attributes must be an object of strings, got an array", true},
      {"Attributes", R"({"1": "a", "2": "a", "3": "a", "4": "a", "5": "a"})",
       R"({"1": "a", "2": "a", "3": "a", "4": "a", "5": "a", "6": "a"})",
       "Attributes must have at most 5 entries, got 6"},
      {"Attributes", "{" + text_of(32) + ": \"a\"}", "{" + text_of(33) + ": \"a\"}",
       "a key of Attributes must have 1 to 32 characters, got 33: \"" + repeated("\xC3\xA9", 33) +
           "\""},
      {"Attributes", "{\"a\": \"b\"}", "{\"\": \"a\"}",
       "a key of Attributes must have 1 to 32 characters, got 0", true},
      {"Attributes", "{\"a\": " + text_of(32) + "}", "{\"a\": " + text_of(33) + "}",
       "Attributes \"a\" must have 1 to 32 characters, got 33: \"" + repeated("\xC3\xA9", 33) +
           "\""},
      {"Attributes", "{\"a\": \"b\"}", "{\"a\": \"\"}",
       "Attributes \"a\" must have 1 to 32 characters, got 0"},
      {"Attributes", "{\"a\": \"b\"}", "{\"a\": 1}",
       "Attributes \"a\" must be a string, got the number 1", true},
      {"SamplingRateBoost", R"({"MaxRate": 0, "CooldownWindowMinutes": 0})",
       R"({"MaxRate": 0, "CooldownWindowMinutes": -1})",
       "SamplingRateBoost.CooldownWindowMinutes must be between 0 and 2147483647, got -1", true},
      {"SamplingRateBoost", R"({"MaxRate": 1, "CooldownWindowMinutes": 1})",
       R"({"MaxRate": 50, "CooldownWindowMinutes": 1})",
       "SamplingRateBoost.MaxRate must be between 0 and 1, got 50 (50 % is 0.5)", true},
      {"SamplingRateBoost", R"({"MaxRate": 1, "CooldownWindowMinutes": 1})", R"({"MaxRate": 1})",
       "SamplingRateBoost.CooldownWindowMinutes is missing", true},
      {"SamplingRateBoost", R"({"MaxRate": 1, "CooldownWindowMinutes": 1})", "1",
       "SamplingRateBoost must be an object, got the number 1", true},
  };
}

TEST_CASE("rule document: each constraint holds at its bound and one past it") {
  for (const BoundCase& bound : bound_cases()) {
    CAPTURE(bound.field, bound.beyond);
    CHECK(messages(create_input({{bound.field, bound.within}})) == std::vector<std::string>{});
    CHECK(messages(get_output({{bound.field, bound.within}})) == std::vector<std::string>{});

    const LoadResult created = load(create_input({{bound.field, bound.beyond}}));
    REQUIRE(created.diagnostics.size() == 1);
    CHECK(created.diagnostics[0].message == bound.message);
    CHECK(created.diagnostics[0].severity == Severity::error);
    CHECK_FALSE(created.ok());

    const LoadResult returned = load(get_output({{bound.field, bound.beyond}}));
    REQUIRE(returned.diagnostics.size() == 1);
    CHECK(returned.diagnostics[0].message == bound.message);
    CHECK((returned.diagnostics[0].severity == Severity::error) == bound.engine);
    CHECK(returned.ok() == !bound.engine);
  }
}

TEST_CASE("rule document: a rule to create needs each of its fields, a returned one its numbers") {
  for (const std::string_view field :
       {"ResourceARN", "Priority", "FixedRate", "ReservoirSize", "ServiceName", "ServiceType",
        "Host", "HTTPMethod", "URLPath", "Version", "RuleName"}) {
    CAPTURE(field);
    const std::string missing = std::string(field) + " is missing";
    const Fields without{{std::string(field), ""}};
    CHECK(messages(create_input(without)) == std::vector<std::string>{missing});
    const bool needed = field == "Priority" || field == "FixedRate" || field == "ReservoirSize" ||
                        field == "RuleName";
    const std::string taken = field == "Version" ? "1" : "\"*\"";
    CHECK(
        messages(get_output(without)) ==
        std::vector<std::string>{needed ? missing : "warning: " + missing + ", taken as " + taken});
    CHECK(messages(get_output({{std::string(field), "null"}})) == messages(get_output(without)));
  }
  CHECK(messages(create_input({{"Host", "null"}})) ==
        std::vector<std::string>{"Host must be a string, got null"});
}

// The one rule of a document, which loads.
Rule only_rule(const std::string& text) {
  const LoadResult result = load(text);
  CAPTURE(text, lines_of(result));
  REQUIRE(result.ok());
  REQUIRE(result.document->rules.size() == 1);
  return result.document->rules[0].rule;
}

TEST_CASE("rule document: a returned rule knows which parts it lacks") {
  const std::string empty = "{}";
  CHECK_FALSE(only_rule(get_output({{"Attributes", empty}})).lacks_attributes());
  CHECK_FALSE(only_rule(get_output()).lacks_service_type());
  CHECK(only_rule(get_output()).lacks_attributes());
  CHECK(messages(get_output()) == std::vector<std::string>{});

  const Rule null_attributes = only_rule(get_output({{"Attributes", "null"}}));
  CHECK(null_attributes.lacks_attributes());
  CHECK(null_attributes.attributes().empty());
  CHECK(lines_of(load(get_output({{"Attributes", "null"}}))) ==
        std::vector<std::string>{"warning: rules.json:2:229: rule \"Cruddur\": Attributes must be "
                                 "an object, got null, taken as {}"});

  for (const std::string_view value : {"", "null"}) {
    const Rule typeless =
        only_rule(get_output({{"ServiceType", std::string(value)}, {"Attributes", empty}}));
    CHECK(typeless.lacks_service_type());
    CHECK_FALSE(typeless.lacks_attributes());
    CHECK(typeless.pattern(Field::service_type) == "*");
  }
  const Rule empty_type = only_rule(get_output({{"ServiceType", "\"\""}}));
  CHECK_FALSE(empty_type.lacks_service_type());
  CHECK(empty_type.pattern(Field::service_type).empty());
  CHECK(messages(get_output({{"ServiceType", "\"\""}})) == std::vector<std::string>{});

  CHECK(only_rule(get_output({{"Priority", "0"}})).priority() == 0);
  CHECK(messages(get_output({{"Priority", "0"}})) ==
        std::vector<std::string>{"warning: Priority must be between 1 and 9999, got 0"});
}

TEST_CASE("rule document: every shape of a returned rule may lack a part, no rule to create does") {
  const std::string record = R"({"SamplingRule": )" + rule_text() + R"(, "CreatedAt": 0.0})";
  CHECK(only_rule(record).lacks_attributes());
  CHECK(only_rule(R"({"SamplingRuleRecord": )" + record + "}").lacks_attributes());
  CHECK(only_rule("[" + record + "]").lacks_attributes());
  CHECK(only_rule("[" + get_output() + "]").lacks_attributes());

  const std::string template_text =
      R"({"Resources": {"R": {"Type": "AWS::XRay::SamplingRule", "Properties": {"SamplingRule": )" +
      rule_text() + "}}}}";
  for (const std::string& text :
       {create_input(), rule_text(), "[" + rule_text() + "]", template_text,
        std::string(R"({"resource": {"aws_xray_sampling_rule": {"r": {"rule_name": "r", )"
                    R"("resource_arn": "*", "priority": 1, "fixed_rate": 0, "reservoir_size": 0, )"
                    R"("service_name": "*", "service_type": "*", "host": "*", "http_method": "*", )"
                    R"("url_path": "*", "version": 1, "attributes": null}}}})"),
        std::string(R"({"version": 2, "default": {"fixed_target": 1, "rate": 0}})")}) {
    const Rule made = only_rule(text);
    CHECK_FALSE(made.lacks_attributes());
    CHECK_FALSE(made.lacks_service_type());
  }
  CHECK(messages(create_input({{"Attributes", "null"}})) ==
        std::vector<std::string>{"Attributes must be an object of strings, got null"});
}

TEST_CASE("rule document: an unknown version is a warning") {
  const std::string message =
      "warning: Version 2 is unknown, the only one is 1 (some recorders drop such a rule)";
  CHECK(messages(create_input({{"Version", "2"}})) == std::vector<std::string>{message});
  CHECK(messages(get_output({{"Version", "2"}})) == std::vector<std::string>{message});
}

TEST_CASE(
    "rule document: a key that is no field is an error with a suggestion, a warning where "
    "returned") {
  struct KeyCase {
    std::string key;
    std::string meant;
  };
  for (const KeyCase& wrong : std::vector<KeyCase>{{"ReserviorSize", "ReservoirSize"},
                                                   {"fixedRate", "FixedRate"},
                                                   {"httpMethod", "HTTPMethod"},
                                                   {"url_path", "URLPath"},
                                                   {"resourceArn", "ResourceARN"},
                                                   {"Hots", ""},
                                                   {"Colour", ""},
                                                   {std::string(200, 'x'), ""}}) {
    CAPTURE(wrong.key);
    const std::string shown = wrong.key.size() > 80 ? wrong.key.substr(0, 80) + "..." : wrong.key;
    const std::string message = "unknown key \"" + shown + "\"" +
                                (wrong.meant.empty() ? "" : ", did you mean " + wrong.meant + "?");
    CHECK(messages(create_input({{wrong.key, "1"}})) == std::vector<std::string>{message});
    CHECK(messages(get_output({{wrong.key, "1"}})) ==
          std::vector<std::string>{"warning: " + message});
  }
  // One mistake, one line: the field it stands for is not missing too.
  CHECK(messages(create_input({{"ReservoirSize", ""}, {"ReserviorSize", "5"}})) ==
        std::vector<std::string>{"unknown key \"ReserviorSize\", did you mean ReservoirSize?"});
}

TEST_CASE("rule document: a returned rule whose name is misspelt is an error, not a rule less") {
  const LoadResult result = load(get_output({{"RuleName", ""}, {"ruleName", "\"x\""}}));
  CHECK_FALSE(result.ok());
  CHECK(lines_of(result) ==
        std::vector<std::string>{
            "rules.json:2:1: rule \"rules[0]\": RuleName is missing",
            "warning: rules.json:2:192: rule \"rules[0]\": unknown key \"ruleName\", did you mean "
            "RuleName?"});
}

TEST_CASE("rule document: tags are a list of keys and values") {
  const auto with_tags = [](const std::string& tags) {
    return messages("{\"SamplingRule\": " + rule_text() + ", \"Tags\": " + tags + "}");
  };
  CHECK(with_tags("[]").empty());
  CHECK(with_tags("{}") == std::vector<std::string>{"Tags must be an array, got an object"});
  CHECK(with_tags("[1]") ==
        std::vector<std::string>{"Tags[0] must be an object with Key and Value, got the number 1"});
  CHECK(with_tags(R"([{"Key": "a", "Value": "b"}, {"Key": 1, "value": "b"}])") ==
        std::vector<std::string>{"Tags[1].Value is missing",
                                 "Tags[1].Key must be a string, got the number 1",
                                 "unknown key \"value\", did you mean Value?"});
}

TEST_CASE("rule document: more custom rules than the quota is one warning") {
  const auto array_of = [](std::size_t count) {
    std::string text = "[" + rule_text({{"RuleName", "\"Default\""}});
    for (std::size_t i = 0; i < count; ++i)
      text += ",\n" + rule_text({{"RuleName", "\"r" + std::to_string(i) + "\""}});
    return text + "]";
  };
  CHECK(load(array_of(25)).diagnostics.size() == 1);
  const LoadResult result = load(array_of(27));
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(to_string(result.diagnostics[1]) ==
        "rules.json:27:1: rule \"r25\": expected at most 25 custom rules, got more (the "
        "quota of a Region, "
        "which AWS raises on request)");
  CHECK(result.ok());
}

}  // namespace
}  // namespace dosimeter::rules::test
