#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

struct ShapeCase {
  std::string text;
  DocumentShape shape;
  std::string_view words;
  std::vector<std::string> names;
};

std::string template_of(const std::string& properties) {
  return R"({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Topic": {"Type": "AWS::SNS::Topic"},
    "Rule": {"Type": "AWS::XRay::SamplingRule", "Properties": )" +
         properties + "}}}";
}

const std::string kValues =
    R"({"rule_name": "Cruddur", "resource_arn": "*", "priority": 9000, "fixed_rate": 0.1, "reservoir_size": 5,
        "service_name": "backend-flask", "service_type": "*", "host": "*", "http_method": "*", "url_path": "*",
        "version": 1, "attributes": null)";

std::string module_of(const std::string& key) {
  return R"({"format_version": "1.2", "terraform_version": "1.9.0", ")" + key +
         R"(": {"root_module": {"resources": [
    {"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "values": {}},
    {"address": "aws_xray_sampling_rule.r", "mode": "managed", "type": "aws_xray_sampling_rule",
     "values": )" +
         kValues + R"(, "arn": "arn:x", "id": "Cruddur", "tags": null, "tags_all": {}}}],
    "child_modules": [{"child_modules": [{"resources": [
    {"address": "module.a.module.b.aws_xray_sampling_rule.s", "mode": "managed", "type": "aws_xray_sampling_rule",
     "values": )" +
         kValues + R"(, "rule_name": "Deep"}}]}]}]}}})";
}

std::string once_named_deep(std::string text) {
  // The deep rule replaces its name: a key twice would be an error.
  const std::size_t deep = text.rfind("\"rule_name\": \"Cruddur\", ");
  text.erase(deep, std::string_view("\"rule_name\": \"Cruddur\", ").size());
  return text;
}

std::vector<ShapeCase> shape_cases() {
  const std::string rule = rule_text();
  const std::string other = rule_text({{"RuleName", "\"B\""}});
  const std::string third = rule_text({{"RuleName", "\"C\""}});
  const std::string local =
      R"("rules": [{"description": "d", "id": 7, "HOST": "*", "http_method": "*", "url_path": "/a", "fixed_target": 3,
        "rate": 0.5}], "default": {"fixed_target": 1, "rate": 0.05}})";
  const auto local_text = [&](const std::string& version, const std::string& host) {
    std::string text = "{\"version\": " + version + ", " + local;
    text.replace(text.find("HOST"), 4, host);
    return text;
  };
  return {
      {"{\"SamplingRule\": " + rule + ", \"Tags\": [{\"Key\": \"a\", \"Value\": \"b\"}]}",
       DocumentShape::create_input,
       "input of aws xray create-sampling-rule",
       {"Cruddur"}},
      {"{\"SamplingRuleRecord\": {\"SamplingRule\": " + rule + ", \"CreatedAt\": 1.5}}",
       DocumentShape::create_output,
       "output of aws xray create-sampling-rule",
       {"Cruddur"}},
      {"{\"SamplingRule\": " + rule + ", \"CreatedAt\": 1.5, \"ModifiedAt\": 2}",
       DocumentShape::create_output,
       "output of aws xray create-sampling-rule",
       {"Cruddur"}},
      {"{\"SamplingRuleRecords\": [{\"SamplingRule\": " + rule + "}, {\"SamplingRule\": " + other +
           "}], \"NextToken\": null}",
       DocumentShape::get_output,
       "output of aws xray get-sampling-rules",
       {"Cruddur", "B"}},
      {rule, DocumentShape::bare_rule, "a single sampling rule", {"Cruddur"}},
      {"[" + rule + ", {\"SamplingRule\": " + other +
           "}, {\"SamplingRuleRecord\": {\"SamplingRule\": " + third +
           "}}, {\"SamplingRuleRecords\": [{\"SamplingRule\": " +
           rule_text({{"RuleName", "\"D\""}}) + "}]}]",
       DocumentShape::rule_array,
       "an array of sampling rules",
       {"Cruddur", "B", "C", "D"}},
      {local_text("1", "service_name"),
       DocumentShape::local_version_1,
       "local sampling rules, version 1",
       {"rules[0]", "Default"}},
      {local_text("2", "host"),
       DocumentShape::local_version_2,
       "local sampling rules, version 2",
       {"rules[0]", "Default"}},
      {template_of("{\"SamplingRule\": " + rule + ", \"Tags\": []}"),
       DocumentShape::cloudformation,
       "CloudFormation template",
       {"Cruddur"}},
      {template_of("{\"RuleName\": \"Old\", \"SamplingRuleRecord\": {\"SamplingRule\": " +
                   rule_text({{"RuleName", ""}}) + "}}"),
       DocumentShape::cloudformation,
       "CloudFormation template",
       {"Old"}},
      {"{\"StagesAvailable\": [\"Original\"], \"TemplateBody\": " +
           template_of("{\"SamplingRule\": " + rule + "}") + "}",
       DocumentShape::cloudformation,
       "CloudFormation template",
       {"Cruddur"}},
      {once_named_deep(module_of("planned_values")),
       DocumentShape::terraform_show,
       "output of terraform show -json",
       {"Cruddur", "Deep"}},
      {once_named_deep(module_of("values")),
       DocumentShape::terraform_show,
       "output of terraform show -json",
       {"Cruddur", "Deep"}},
      {"{\"resource\": {\"aws_xray_sampling_rule\": {\"r\": " + kValues + ", \"//\": \"why\"}}}}",
       DocumentShape::terraform_config,
       "Terraform configuration in JSON (.tf.json)",
       {"Cruddur"}},
      {"{\"resource\": [{\"aws_xray_sampling_rule\": [{\"r\": [" + kValues +
           "}]}]}, {\"aws_sns_topic\": {}}]}",
       DocumentShape::terraform_config,
       "Terraform configuration in JSON (.tf.json)",
       {"Cruddur"}},
  };
}

TEST_CASE("rule document: every shape is read and named") {
  for (const ShapeCase& shape : shape_cases()) {
    CAPTURE(shape.text);
    const LoadResult result = load(shape.text);
    CHECK(lines_of(result) == std::vector<std::string>{});
    REQUIRE(result.ok());
    REQUIRE(result.document->sources.size() == 1);
    CHECK(result.document->sources[0].shape == shape.shape);
    CHECK(result.shapes == std::vector<std::optional<DocumentShape>>{shape.shape});
    CHECK(describe(result.document->sources[0].shape) == shape.words);
    const bool is_local = shape.shape == DocumentShape::local_version_1 ||
                          shape.shape == DocumentShape::local_version_2;
    CHECK((result.document->kind == RuleKind::local) == is_local);
    std::vector<std::string> names;
    for (const RuleEntry& entry : result.document->rules) names.push_back(entry.rule.name());
    CHECK(names == shape.names);
  }
}

TEST_CASE(
    "rule document: its shape is told where its content is wrong, and not where it has none") {
  using Shapes = std::vector<std::optional<DocumentShape>>;
  const LoadResult wrong = load(R"({"version": 3, "default": {}})");
  CHECK_FALSE(wrong.ok());
  CHECK(wrong.shapes == Shapes{DocumentShape::local_version_2});
  CHECK(load("{}").shapes == Shapes{std::nullopt});
  CHECK(load("// no JSON").shapes == Shapes{std::nullopt});
}

TEST_CASE("rule document: every field of a sampling rule is kept") {
  const LoadResult result =
      load(create_input({{"ResourceARN", "\"arn:*\""},
                         {"ServiceType", "\"AWS::ECS::Container\""},
                         {"Host", "\"caf\\u00e9.example\""},
                         {"HTTPMethod", "\"GET\""},
                         {"URLPath", "\"/a?\""},
                         {"Attributes", R"({"tier": "gold*", "a": "?"})"},
                         {"SamplingRateBoost", R"({"MaxRate": 1, "CooldownWindowMinutes": 5})"}}));
  REQUIRE(result.ok());
  REQUIRE(result.document->rules.size() == 1);
  const RuleEntry& entry = result.document->rules[0];
  CHECK(entry.location == Location{"rules.json", 2, 1});
  const Rule& rule = entry.rule;
  CHECK(rule.name() == "Cruddur");
  CHECK(rule.priority() == 9000);
  CHECK(rule.fixed_rate().value() == 0.1);
  CHECK(rule.reservoir_size() == 5);
  CHECK(rule.pattern(Field::service_name) == "backend-flask");
  CHECK(rule.pattern(Field::service_type) == "AWS::ECS::Container");
  CHECK(rule.pattern(Field::host) == "caf\xC3\xA9.example");
  CHECK(rule.pattern(Field::http_method) == "GET");
  CHECK(rule.pattern(Field::url_path) == "/a?");
  CHECK(rule.pattern(Field::resource_arn) == "arn:*");
  CHECK(rule.version() == 1);
  REQUIRE(rule.attributes().size() == 2);
  CHECK(rule.attributes()[0].key == "tier");
  CHECK(rule.attributes()[0].pattern == "gold*");
  REQUIRE(rule.sampling_rate_boost().has_value());
  CHECK(rule.sampling_rate_boost()->maximum_rate.value() == 1);
  CHECK(rule.sampling_rate_boost()->cooldown_window.count() == 5);
}

TEST_CASE("rule document: a local document's rules become engine rules") {
  const std::string_view text =
      "{\"version\": 1, \"default\": {\"fixed_target\": 2, \"rate\": 0.25, \"description\": "
      "\"rest\"},\n"
      "\"rules\": [{\"service_name\": \"a.*\", \"http_method\": \"GET\", \"url_path\": \"/x\", "
      "\"fixed_target\": 0,\n"
      "\"rate\": 1, \"description\": \"all x\"}]}";
  const LoadResult result = load(text);
  REQUIRE(result.ok());
  CHECK(result.document->kind == RuleKind::local);
  REQUIRE(result.document->rules.size() == 2);
  const Rule& rule = result.document->rules[0].rule;
  CHECK(result.document->rules[0].location == Location{"rules.json", 2, 11});
  CHECK(rule.name() == "rules[0]");
  CHECK(rule.priority() == 1);
  CHECK(rule.description() == "all x");
  CHECK(rule.pattern(Field::host) == "a.*");
  CHECK(rule.pattern(Field::http_method) == "GET");
  CHECK(rule.pattern(Field::url_path) == "/x");
  CHECK(rule.pattern(Field::service_name) == "*");
  CHECK(rule.pattern(Field::service_type) == "*");
  CHECK(rule.reservoir_size() == 0);
  CHECK(rule.fixed_rate().value() == 1);
  const Rule& fallback = result.document->rules[1].rule;
  CHECK(fallback.is_default());
  CHECK(fallback.priority() == kDefaultRulePriority);
  CHECK(fallback.reservoir_size() == 2);
  CHECK(fallback.fixed_rate().value() == 0.25);
  CHECK(fallback.pattern(Field::url_path) == "*");
}

TEST_CASE("rule document: the service's Default rule is fine, a Default to create is warned of") {
  const Fields fields{{"RuleName", "\"Default\""},
                      {"RuleARN", "\"arn:aws:xray:us-east-1:123456789012:sampling-rule/Default\""},
                      {"Priority", "10000"}};
  const LoadResult returned = load(get_output(fields));
  CHECK(lines_of(returned) == std::vector<std::string>{});
  REQUIRE(returned.ok());
  CHECK(returned.document->rules[0].rule.is_default());

  const LoadResult created =
      load(create_input({{"RuleName", "\"Default\""}, {"Priority", "10000"}}));
  CHECK(lines_of(created) ==
        std::vector<std::string>{
            "warning: rules.json:2:14: rule \"Default\": Default is there already: of it only "
            "FixedRate and ReservoirSize can be changed, by aws xray update-sampling-rule"});
  CHECK(created.ok());
}

TEST_CASE("rule document: a name may come from the ARN") {
  const LoadResult result = load(create_input(
      {{"RuleName", ""}, {"RuleARN", "\"arn:aws:xray:us-east-1:1:sampling-rule/my-rule\""}}));
  REQUIRE(result.ok());
  CHECK(result.document->rules[0].rule.name() == "my-rule");
  CHECK(messages(create_input({{"RuleARN", "\"arn:x/y\""}})) ==
        std::vector<std::string>{
            "a rule to create has RuleName or RuleARN, got both (the service gives it the "
            "RuleARN: remove it)"});
  CHECK(messages(create_input({{"RuleName", ""}, {"RuleARN", "\"my-rule\""}})) ==
        std::vector<std::string>{"RuleARN must end in /NAME, got \"my-rule\""});
  CHECK(messages(get_output({{"RuleARN", "\"arn:x/y\""}})).empty());
}

TEST_CASE("rule document: no source gives an empty document") {
  const LoadResult result = load_rules({});
  REQUIRE(result.ok());
  CHECK(result.document->rules.empty());
  CHECK(result.document->kind == RuleKind::central);
}

}  // namespace
}  // namespace dosimeter::rules::test
