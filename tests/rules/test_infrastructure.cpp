#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

// CloudFormation and Terraform: what their documents add to a rule.
namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

std::string template_text(const std::string& resource) {
  return "{\"Resources\": {\"Mine\":\n{" + resource + "}}}";
}

std::string sampling_rule(const Fields& changes) {
  return "\"Type\": \"AWS::XRay::SamplingRule\", \"Properties\": {\"SamplingRule\":\n" +
         rule_text(changes) + "\n}";
}

std::string config_text(const std::string& body) {
  return "{\"resource\": {\"aws_xray_sampling_rule\": {\"mine\":\n{" + body + "}}}}";
}

const std::string kArguments =
    R"("rule_name": "x", "resource_arn": "*", "priority": 1, "fixed_rate": 0.1, "reservoir_size": 5, "service_name": "*",
"service_type": "*", "host": "*", "http_method": "*", "version": 1)";

const std::string kResolve =
    " (pass resolved JSON: write the value itself, or use the output of aws xray "
    "get-sampling-rules)";
const std::string kShow = " (use the output of terraform show -json, which has the values)";

TEST_CASE("rule document: what CloudFormation would put in is an error") {
  for (const std::string field : {"RuleName", "Priority", "FixedRate", "ReservoirSize", "Host",
                                  "Attributes", "Version", "SamplingRateBoost"}) {
    CAPTURE(field);
    CHECK(messages(template_text(sampling_rule({{field, R"({"Ref": "Stage"})"}}))) ==
          Lines{field + " must be a value, got {\"Ref\": ...}" + kResolve});
    CHECK(messages(template_text(sampling_rule({{field, R"({"Fn::If": ["a", 1, 2]})"}}))) ==
          Lines{field + " must be a value, got {\"Fn::If\": ...}" + kResolve});
  }
  CHECK(messages(template_text(sampling_rule({{"Host", R"("{{resolve:ssm:host}}")"}}))) ==
        Lines{"Host must be a value, got the string \"{{resolve:ssm:host}}\"" + kResolve});
  CHECK(
      messages(template_text(
          R"("Type": "AWS::XRay::SamplingRule", "Properties": {"SamplingRule": {"Ref": "x"}})")) ==
      Lines{"a sampling rule must be a value, got {\"Ref\": ...}" + kResolve});
  CHECK(messages(template_text(
            R"("Type": "AWS::XRay::SamplingRule", "Properties": {"Fn::Sub": "x"})")) ==
        Lines{"Properties must be a value, got {\"Fn::Sub\": ...}" + kResolve});
}

TEST_CASE("rule document: a rule without a name is called by its logical id or address") {
  CHECK(lines(template_text(sampling_rule({{"RuleName", ""}}))) ==
        Lines{"rules.json:3:1: rule \"Mine\": RuleName is missing"});
  CHECK(lines(template_text(sampling_rule({{"RuleName", R"({"Ref": "x"})"}}))) ==
        Lines{"rules.json:3:14: rule \"Mine\": RuleName must be a value, got {\"Ref\": ...}" +
              kResolve});
  CHECK(lines(config_text("")).front() ==
        "rules.json:2:1: rule \"aws_xray_sampling_rule.mine\": rule_name, resource_arn, priority, "
        "fixed_rate, reservoir_size, service_name, service_type, host, http_method, url_path and "
        "version are missing");
}

TEST_CASE("rule document: a template's resources are checked on the way to the rule") {
  CHECK(
      lines(R"({"Resources": {}})") ==
      Lines{"rules.json:1:15: expected resources of the type AWS::XRay::SamplingRule, found none"});
  CHECK(lines(R"({"AWSTemplateFormatVersion": "2010-09-09"})") ==
        Lines{"rules.json:1:1: Resources is missing"});
  CHECK(lines(R"({"Resources": []})") ==
        Lines{"rules.json:1:15: Resources must be an object, got an array"});
  CHECK(messages(template_text(R"("Type": "AWS::Xray::SamplingRule")")) ==
        Lines{"unknown type \"AWS::Xray::SamplingRule\", did you mean AWS::XRay::SamplingRule?"});
  CHECK(messages(template_text(R"("Type": "AWS::XRay::SamplingRule")")) ==
        Lines{"Properties is missing"});
  CHECK(
      messages(template_text(
          R"("Type": "AWS::XRay::SamplingRule", "Properties": {"samplingRule": {}})")) ==
      Lines{"SamplingRule is missing", "unknown key \"samplingRule\", did you mean SamplingRule?"});
  CHECK(messages(template_text("\"Condition\": \"IsProduction\", " + sampling_rule({}))) ==
        Lines{"warning: the rule exists only under the condition \"IsProduction\", taken as true"});
  CHECK(messages(R"({"TemplateBody": "Resources:\n  x"})") ==
        Lines{"expected a template in JSON, got a string, which must be made JSON first (a "
              "CloudFormation template by cfn-flip template.yaml, other YAML by yq -o=json)"});
}

TEST_CASE("rule document: numbers in quotes are numbers in a template, and nowhere else") {
  const Fields quoted{
      {"Priority", "\"9000\""},
      {"FixedRate", "\"0.1\""},
      {"ReservoirSize", "\"5.0\""},
      {"Version", "\"1\""},
      {"SamplingRateBoost", R"({"MaxRate": "5e-1", "CooldownWindowMinutes": "10"})"}};
  const std::string as = " (as CloudFormation takes it)";
  const LoadResult result = load(template_text(sampling_rule(quoted)));
  Lines said;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    CHECK(diagnostic.severity == Severity::warning);
    CHECK(diagnostic.code == "number_in_quotes");
    said.push_back(diagnostic.message);
  }
  CHECK(said ==
        Lines{"Priority must be a whole number, got the string \"9000\", taken as 9000" + as,
              "FixedRate must be a number, got the string \"0.1\", taken as 0.1" + as,
              "ReservoirSize must be a whole number, got the string \"5.0\", taken as 5.0" + as,
              "Version must be a whole number, got the string \"1\", taken as 1" + as,
              "SamplingRateBoost.MaxRate must be a number, got the string \"5e-1\", taken as 5e-1" +
                  as,
              "SamplingRateBoost.CooldownWindowMinutes must be a whole number, got the string "
              "\"10\", taken as 10" +
                  as});
  REQUIRE(result.ok());
  const Rule& rule = result.document->rules[0].rule;
  CHECK(rule.priority() == 9000);
  CHECK(rule.fixed_rate().value() == 0.1);
  CHECK(rule.reservoir_size() == 5);
  CHECK(rule.sampling_rate_boost()->maximum_rate.value() == 0.5);
  CHECK(rule.sampling_rate_boost()->cooldown_window.count() == 10);

  CHECK(messages(template_text(sampling_rule({{"FixedRate", "\"10\""}}))) ==
        Lines{"warning: FixedRate must be a number, got the string \"10\", taken as 10" + as,
              "FixedRate must be between 0 and 1, got 10 (10 % is 0.1)"});
  for (const std::string text :
       {"", " 1", "1 ", "0x1", "inf", "nan", "1.", ".5", "+1", "01", "1e999", "10 %", "1,5"}) {
    CAPTURE(text);
    const LoadResult refused =
        load(template_text(sampling_rule({{"FixedRate", "\"" + text + "\""}})));
    REQUIRE(refused.diagnostics.size() == 1);
    CHECK(refused.diagnostics[0].code == "wrong_type");
    CHECK_FALSE(refused.ok());
  }
  for (const auto& [key, value] : quoted) {
    CAPTURE(key);
    CHECK_FALSE(load(create_input({{key, value}})).ok());
    CHECK_FALSE(load(get_output({{key, value}})).ok());
  }
  CHECK_FALSE(load(config_text(kArguments + R"(, "url_path": "*", "priority": "2")")).ok());
  CHECK(messages(template_text(sampling_rule({{"Host", "5"}}))) ==
        Lines{"Host must be a string, got the number 5"});
}

TEST_CASE("rule document: what only Terraform can work out is an error") {
  CHECK(messages(config_text(kArguments + R"(, "url_path": "/a")")).empty());
  CHECK(messages(config_text(kArguments + R"(, "url_path": "$${literal}")")).empty());
  CHECK(messages(config_text(kArguments + R"(, "url_path": "${var.path}")")) ==
        Lines{"url_path must be a value, got the string \"${var.path}\"" + kShow});
  CHECK(messages(config_text(kArguments + R"(, "url_path": "%{if x}a%{endif}")")) ==
        Lines{"url_path must be a value, got the string \"%{if x}a%{endif}\"" + kShow});
  CHECK(messages(config_text(kArguments + R"(, "url_path": "*", "attributes": {"a": "${b}"})")) ==
        Lines{"attributes \"a\" must be a value, got the string \"${b}\"" + kShow});
  CHECK(messages(config_text(kArguments + R"(, "url_path": "*", "count": 2)")) ==
        Lines{"count makes rules that only Terraform can work out (use the output of terraform "
              "show -json, which has "
              "them)"});
  CHECK(messages(config_text(kArguments + R"(, "urlPath": "*")")) ==
        Lines{"unknown key \"urlPath\", did you mean url_path?"});
  CHECK(messages(config_text(kArguments + R"(, "url_path": "*", "fixed_rte": 3)")) ==
        Lines{"unknown key \"fixed_rte\", did you mean fixed_rate?"});
}

TEST_CASE("rule document: Terraform without a sampling rule is an error") {
  const Lines none{"expected resources of the type aws_xray_sampling_rule, found none"};
  CHECK(messages(R"({"format_version": "1.0"})") == none);
  CHECK(messages(R"({"format_version": "1.2", "planned_values": {"root_module": {}}})") == none);
  CHECK(messages(R"({"resource": {"aws_sns_topic": {"t": {}}}})") == none);
  CHECK(messages(R"({"provider": {"aws": {}}})") == none);
  CHECK(messages(
            R"({"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": []})") ==
        Lines{"expected the output of terraform show -json, got a Terraform state file (run "
              "terraform show -json)"});
}

TEST_CASE("rule document: what Terraform shows is checked as a rule to create") {
  const auto show = [](const std::string& values) {
    return R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
{"address": "module.a.aws_xray_sampling_rule.r[0]", "type": "aws_xray_sampling_rule", "values": {)" +
           values + "}}]}}}";
  };
  CHECK(lines(show(kArguments + R"(, "url_path": null, "sampling_rate_boost": [])")) ==
        Lines{"rules.json:2:97: rule \"x\": url_path is missing"});
  CHECK(messages(show(kArguments + R"(, "url_path": "*", "newer": 1, "tags": {"a": "b"})")) ==
        Lines{"warning: unknown key \"newer\""});
  const LoadResult boosted = load(show(
      kArguments +
      R"(, "url_path": "*", "sampling_rate_boost": [{"max_rate": 0.5, "cooldown_window_minutes": 3}])"));
  REQUIRE(boosted.ok());
  CHECK(boosted.document->rules[0].rule.sampling_rate_boost()->maximum_rate.value() == 0.5);
}

}  // namespace
}  // namespace dosimeter::rules::test
