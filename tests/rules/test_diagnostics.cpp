#include "rules/src/message.h"
#include "rules/src/suggestion.h"
#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("rule document: a diagnostic is one line with place, rule, expected and got") {
  Diagnostic diagnostic{Severity::error,
                        "fixed_rate_out_of_range",
                        {"xray.json", 12, 19},
                        "Cruddur",
                        "FixedRate must be between 0 and 1, got 10 (10 % is 0.1)"};
  CHECK(
      to_string(diagnostic) ==
      "xray.json:12:19: rule \"Cruddur\": FixedRate must be between 0 and 1, got 10 (10 % is 0.1)");
  diagnostic.severity = Severity::warning;
  diagnostic.rule = "a\n\"b\"";
  diagnostic.location = {"a\x1b.json", 0, 0};
  diagnostic.message = "m";
  CHECK(to_string(diagnostic) == "a\\x1B.json: rule \"a\\x0A\\\"b\\\"\": m");
}

TEST_CASE("rule document: all problems are reported, in the order of the text") {
  const std::string_view text =
      "{\n"
      "  \"SamplingRule\": {\n"
      "    \"RuleName\": \"Cruddur\",\n"
      "    \"FixedRate\": 10,\n"
      "    \"ReserviorSize\": 5,\r\n"
      "    \"Host\": 5, \"Host\": \"*\",\n"
      "    \"HTTPMethod\": \"PROPFINDXXX\",\n"
      "\t\"Version\": \"1\"\n"
      "  },\n"
      "  \"tags\": []\n"
      "}\n";
  CHECK(lines(text) ==
        Lines{"rules.json:2:19: rule \"Cruddur\": ResourceARN, Priority, ServiceName, ServiceType "
              "and URLPath are missing",
              "rules.json:4:18: rule \"Cruddur\": FixedRate must be between 0 and 1, got 10 (10 % "
              "is 0.1)",
              "rules.json:5:5: rule \"Cruddur\": unknown key \"ReserviorSize\", did you mean "
              "ReservoirSize?",
              "rules.json:6:13: rule \"Cruddur\": Host must be a string, got the number 5",
              "rules.json:6:16: rule \"Cruddur\": key \"Host\" is there twice, first at 6:5",
              "rules.json:7:19: rule \"Cruddur\": HTTPMethod must have at most 10 characters, got "
              "11: \"PROPFINDXXX\"",
              "rules.json:8:13: rule \"Cruddur\": Version must be a whole number, got the string "
              "\"1\" (numbers stand "
              "without quotes)",
              "rules.json:10:3: rule \"Cruddur\": unknown key \"tags\", did you mean Tags?"});
}

TEST_CASE("rule document: text that is no JSON is one line with a place") {
  struct SyntaxCase {
    std::string text;
    std::string line;
  };
  for (const SyntaxCase& wrong : std::vector<SyntaxCase>{
           {"{\"a\": 1\n\"FixedRate\": 2}",
            "rules.json:2:1: expected ',' or '}', got \"FixedRate\""},
           {"[1 2]", "rules.json:1:4: expected ',' or ']', got '2'"},
           {"{\"a\": 1,}", "rules.json:1:8: expected no ',' before '}', got one"},
           {"[1, ]", "rules.json:1:3: expected no ',' before ']', got one"},
           {"[,1]", "rules.json:1:2: expected a value or ']', got ','"},
           {"{\"a\" 1}", "rules.json:1:6: expected ':', got '1'"},
           {"{\"a\":}", "rules.json:1:6: expected a value, got '}'"},
           {"{\"a\": [1,\n", "rules.json:2:1: expected a value, got the end of the text"},
           {"\n{\"a\": [1",
            "rules.json:2:9: expected ',' or ']', got the end of the text ('[' of 2:7 is not "
            "closed)"},
           {"{\"a\": 1",
            "rules.json:1:8: expected ',' or '}', got the end of the text ('{' of 1:1 is not "
            "closed)"},
           {"{", "rules.json:1:2: expected a key in double quotes or '}', got the end of the text"},
           {"{}}",
            "rules.json:1:3: expected the end of the text, got '}' (several documents in one file "
            "go into an array)"},
           {"{} {}",
            "rules.json:1:4: expected the end of the text, got '{' (several documents in one file "
            "go into an array)"},
           {"{a: 1}", "rules.json:1:2: expected a key in double quotes or '}', got 'a'"},
           {"{1: 1}", "rules.json:1:2: expected a key in double quotes or '}', got '1'"},
           {"{'a': 1}",
            "rules.json:1:2: expected a key in double quotes or '}', got \"'\" (strings stand in "
            "double quotes)"},
           {"{\"a\": True}",
            "rules.json:1:7: expected a value, got \"True\" (JSON writes true, false and null)"},
           {"{\"a\": 1, // why\n}",
            "rules.json:1:10: expected a key in double quotes, got \"//\" (JSON has no comments)"},
           {"{\"a\": 01}", "rules.json:1:7: expected a value, got \"01\""},
           {"{\"a\": truely}", "rules.json:1:7: expected a value, got \"truely\""},
           {"{\"a\": 1.5.2, \"b\": 1}", "rules.json:1:7: expected a value, got \"1.5.2\""},
           {"{\"a\": 1.}", "rules.json:1:7: expected a value, got \"1.\""},
           {"{\"a\": NaN}", "rules.json:1:7: expected a value, got \"NaN\""},
           {"{\"a\": 1e999}", "rules.json:1:7: expected a number of at most 1.8e308, got 1e999"},
           {"{\"a\": \"b}", "rules.json:1:7: expected a closing quote, got the end of the text"},
           {"{\"a\": \"b\n\"}",
            "rules.json:1:7: expected a closing quote before the end of the line, got \"b"},
           {"{\"a\": \"b\tc\"}",
            "rules.json:1:9: expected control characters to be escaped in a string, got \\x09"},
           {"{\"a\": \"\\q\"}", "rules.json:1:8: expected an escape such as \\\\ or \\n, got \\q"},
           {"{\"a\": \"\\u12g4\"}",
            "rules.json:1:8: expected four hexadecimal digits that make a character, got \\u12g4"},
           {"{\"a\": \"\\ud800\"}",
            "rules.json:1:8: expected four hexadecimal digits that make a character, got \\ud800"},
           {"{\"a\": \"\xC3\xA9\xFF\"}", "rules.json:1:10: expected UTF-8, got the byte \\xFF"},
           {"{\"a\xC0\xAF\": 1}", "rules.json:1:4: expected UTF-8, got the byte \\xC0"},
           {"<html>", "rules.json:1:1: expected JSON, which begins with { or [, got \"<html>\""},
           {"\xEF\xBB\xBF{\"a\" 1}", "rules.json:1:6: expected ':', got '1'"},
           {"\xEF\xBB\xBF\xEF\xBB\xBF{}",
            "rules.json:1:1: expected JSON, which begins with { or [, got \"\\xEF\\xBB\\xBF\""},
       }) {
    CAPTURE(wrong.text);
    CHECK(lines(wrong.text) == Lines{wrong.line});
  }
}

TEST_CASE("rule document: text of another kind says what to do") {
  const std::string yaml =
      "expected JSON, got YAML, which must be made JSON first (a CloudFormation template by "
      "cfn-flip "
      "template.yaml, other YAML by yq -o=json)";
  const std::string hcl =
      "expected JSON, got Terraform's own language (use the output of terraform show -json)";
  const std::string utf16 =
      "rules.json: expected UTF-8, got UTF-16 (older PowerShell writes it with >: save as UTF-8)";
  struct TextCase {
    std::string text;
    std::string line;
  };
  for (const TextCase& other : std::vector<TextCase>{
           {"", "rules.json: expected a rule document, got an empty file"},
           {" \n\t", "rules.json: expected a rule document, got nothing but white space"},
           {"\xEF\xBB\xBF", "rules.json: expected a rule document, got nothing but white space"},
           {"AWSTemplateFormatVersion: '2010-09-09'\n", "rules.json:1:1: " + yaml},
           {"# why\n\nResources:\n  Rule:\n", "rules.json:3:1: " + yaml},
           {"---\r\na: b\r\n", "rules.json:1:1: " + yaml},
           {"- RuleName: x\n", "rules.json:1:1: " + yaml},
           {"\"RuleName\": x\n", "rules.json:1:1: " + yaml},
           {"resource \"aws_xray_sampling_rule\" \"x\" {\n}\n", "rules.json:1:1: " + hcl},
           {"// x\n\n  terraform {\n", "rules.json:3:3: " + hcl},
           {std::string("\xFF\xFE{\0}\0", 6), utf16},
           {std::string("{\0}\0", 4), utf16},
           {std::string("{\n\"a\0\": 1}", 10), "rules.json:2:3: expected text, got a NUL byte"},
       }) {
    CAPTURE(other.text);
    CHECK(lines(other.text) == Lines{other.line});
  }
}

TEST_CASE("rule document: JSON of another shape says which shapes there are") {
  const std::string accepted =
      "expected a rule document: {\"SamplingRule\": ...}, {\"SamplingRuleRecords\": ...} or "
      "{\"SamplingRuleRecord\": ...} "
      "as aws xray writes them, a rule {\"RuleName\": ...}, an array of these, a local document "
      "{\"version\": 2, "
      "\"default\": ...}, a CloudFormation template, the output of terraform show -json, or "
      ".tf.json";
  CHECK(lines("{}") == Lines{"rules.json:1:1: " + accepted});
  CHECK(lines("{\"Statement\": []}") == Lines{"rules.json:1:1: " + accepted});
  CHECK(lines("5") == Lines{"rules.json:1:1: " + accepted + "; got the number 5"});
  CHECK(lines(R"({"SamplingRules": [{}]})") ==
        Lines{"rules.json:1:2: unknown key \"SamplingRules\", did you mean SamplingRuleRecords? "
              "(an array of rules may "
              "also stand alone)"});
  CHECK(lines(R"({"samplingRule": {}})") ==
        Lines{"rules.json:1:2: unknown key \"samplingRule\", did you mean SamplingRule?"});
  CHECK(lines(R"({"SamplingRuleUpdate": {"RuleName": "x"}})") ==
        Lines{"rules.json:1:1: expected whole rules, got input of aws xray update-sampling-rule, "
              "which has the changes "
              "alone (use the output of aws xray get-sampling-rules)"});
  CHECK(messages("[5, {}]") == Lines{"an item of the array must be a sampling rule, or an object "
                                     "with SamplingRule, SamplingRuleRecord or "
                                     "SamplingRuleRecords, got the number 5",
                                     "an item of the array must be a sampling rule, or an object "
                                     "with SamplingRule, SamplingRuleRecord or "
                                     "SamplingRuleRecords, got an object"});
  // A rule in another spelling is still known for one.
  CHECK(messages(R"({"ruleName": "x", "fixedRate": 0.1})").back() ==
        "unknown key \"fixedRate\", did you mean FixedRate?");
}

TEST_CASE("rule document: what the service returned may be incomplete or empty") {
  CHECK(lines(R"({"SamplingRuleRecords": []})") ==
        Lines{"warning: rules.json:1:25: SamplingRuleRecords holds no rule: the Default rule alone "
              "applies"});
  CHECK(lines("[]") ==
        Lines{"warning: rules.json:1:1: the array holds no rule: the Default rule alone applies"});
  CHECK(lines("{\"SamplingRuleRecords\": [{\"SamplingRule\": " + rule_text() +
              "}],\n\"NextToken\": \"abc\"}") ==
        Lines{"warning: rules.json:2:14: NextToken says that the list goes on: fetch the whole "
              "list, rules are missing "
              "here"});
  CHECK(messages(R"({"SamplingRuleRecords": 5, "Extra": 1})") ==
        Lines{"SamplingRuleRecords must be an array, got the number 5",
              "warning: unknown key \"Extra\""});
  CHECK(lines(R"({"SamplingRuleRecords": [5, {}]})") ==
        Lines{"rules.json:1:26: rule \"rules[0]\": a SamplingRuleRecord must be an object, got the "
              "number 5",
              "rules.json:1:29: rule \"rules[0]\": SamplingRule is missing"});
}

TEST_CASE("rule document: several sources are one document") {
  const std::string first = create_input();
  const std::string second = get_output({{"RuleName", "\"Other\""}});
  const std::vector<Source> both{{"a.json", first}, {"b.json", second}};
  const LoadResult result = load_rules(both);
  REQUIRE(result.ok());
  CHECK(result.diagnostics.empty());
  REQUIRE(result.document->sources.size() == 2);
  CHECK(result.document->sources[1].name == "b.json");
  CHECK(result.document->sources[1].shape == DocumentShape::get_output);
  REQUIRE(result.document->rules.size() == 2);
  CHECK(result.document->rules[1].location == Location{"b.json", 2, 1});
}

TEST_CASE("rule document: a name used twice names its first place") {
  const std::string text = create_input();
  const std::vector<Source> twice{{"a.json", text}, {"b.json", text}};
  CHECK(lines_of(load_rules(twice)) == Lines{"b.json:2:14: rule \"Cruddur\": a rule name must be "
                                             "used once, got it again, first at a.json:2:14"});
  CHECK(lines("[" + rule_text() + ",\n" + rule_text({{"Priority", "1"}}) + "]") ==
        Lines{"rules.json:2:14: rule \"Cruddur\": a rule name must be used once, got it again, "
              "first at rules.json:1:15"});
}

TEST_CASE("rule document: local and central rules do not mix, nor do two local documents") {
  const std::string central = create_input();
  const std::string local = R"({"version": 2, "default": {"fixed_target": 1, "rate": 0.05}})";
  const std::string broken = central + "x";
  const std::vector<Source> mixed{{"a.json", central}, {"b.json", local}, {"c.json", broken}};
  CHECK(lines_of(load_rules(mixed)) == Lines{"b.json: expected central rules as in a.json, got "
                                             "local rules (local sampling rules, version 2)",
                                             "c.json:3:2: expected the end of the text, got 'x' "
                                             "(several documents in one file go into an array)"});
  const std::vector<Source> locals{{"a.json", local}, {"b.json", local}};
  CHECK(lines_of(load_rules(locals)) == Lines{"b.json: expected one local document, got another "
                                              "beside a.json (each has its own default)"});
}

TEST_CASE(
    "rule document: codes are snake_case and the document is absent exactly where there is an "
    "error") {
  for (const std::string& text :
       {create_input(), get_output({{"Priority", "0"}}), create_input({{"Priority", "0"}}),
        std::string("{"), std::string("{}"), std::string("[]"), std::string("---")}) {
    CAPTURE(text);
    const LoadResult result = load(text);
    bool failed = false;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      failed = failed || diagnostic.severity == Severity::error;
      CHECK_FALSE(diagnostic.code.empty());
      CHECK(std::all_of(diagnostic.code.begin(), diagnostic.code.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '_';
      }));
    }
    CHECK(result.ok() == !failed);
  }
}

TEST_CASE("rule document: a quotation is short, escaped and cut between characters") {
  CHECK(quote("a\"\\\n\r\t\x01\x7F") == "\"a\\\"\\\\\\x0A\\x0D\\x09\\x01\\x7F\"");
  CHECK(quote("\xC2\x9B\xFF\xC3\xA9") == "\"\\xC2\\x9B\\xFF\xC3\xA9\"");
  CHECK(quote(repeated("a", 80)) == "\"" + repeated("a", 80) + "\"");
  CHECK(quote(repeated("a", 81)) == "\"" + repeated("a", 80) + "...\"");
  CHECK(quote("a" + repeated("\xF0\x9F\x98\x80", 30)) ==
        "\"a" + repeated("\xF0\x9F\x98\x80", 19) + "...\"");
  CHECK(printable("a\"b\n") == "a\"b\\x0A");
  CHECK(excerpt(repeated("9", 200)) == repeated("9", 80) + "...");
}

TEST_CASE("rule document: characters that steer a terminal or turn text around are escaped") {
  struct Invisible {
    std::string_view text;
    std::string_view escaped;
  };
  for (const Invisible& character : std::vector<Invisible>{
           {"\xC2\x80", "\\xC2\\x80"},
           {"\xC2\x9F", "\\xC2\\x9F"},
           {"\xD8\x9C", "\\xD8\\x9C"},
           {"\xE2\x80\x8B", "\\xE2\\x80\\x8B"},
           {"\xE2\x80\x8F", "\\xE2\\x80\\x8F"},
           {"\xE2\x80\xA8", "\\xE2\\x80\\xA8"},
           {"\xE2\x80\xAE", "\\xE2\\x80\\xAE"},
           {"\xE2\x81\xA0", "\\xE2\\x81\\xA0"},
           {"\xE2\x81\xAF", "\\xE2\\x81\\xAF"},
           {"\xEF\xBB\xBF", "\\xEF\\xBB\\xBF"},
           {"\xEF\xBF\xB9", "\\xEF\\xBF\\xB9"},
           {"\xEF\xBF\xBB", "\\xEF\\xBF\\xBB"},
       }) {
    CHECK(printable(character.text) == character.escaped);
  }
  // The neighbours of these ranges: U+00A0, U+061B, U+061D, U+200A, U+2010, U+2027, U+202F, U+205F,
  // U+2070, U+FEFE (no character, but no control either), U+FF00, U+FFF8, U+FFFC.
  for (const std::string_view text :
       {"\xC2\xA0", "\xD8\x9B", "\xD8\x9D", "\xE2\x80\x8A", "\xE2\x80\x90", "\xE2\x80\xA7",
        "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xB0", "\xEF\xBB\xBE", "\xEF\xBC\x80",
        "\xEF\xBF\xB8", "\xEF\xBF\xBC", "\xF0\x9F\x98\x80"}) {
    CHECK(printable(text) == text);
  }
}

TEST_CASE("rule document: a rule that lacks much says so on one line") {
  CHECK(lines("{\"SamplingRule\": {\"RuleName\": \"x\", \"Priority\": 1}}") ==
        Lines{"rules.json:1:18: rule \"x\": ResourceARN, FixedRate, ReservoirSize, ServiceName, "
              "ServiceType, Host, HTTPMethod, URLPath and Version are missing"});
  CHECK(messages(create_input({{"RuleName", ""}, {"Host", ""}})) ==
        Lines{"RuleName and Host are missing"});
  CHECK(messages(get_output({{"Host", ""}, {"URLPath", ""}, {"Version", ""}, {"Priority", ""}})) ==
        Lines{"Priority is missing", "warning: Host and URLPath are missing, taken as \"*\"",
              "warning: Version is missing, taken as 1"});
}

TEST_CASE("rule document: a suggestion is at most two edits away, one in short words") {
  const std::vector<std::string_view> words{"Host", "FixedRate", "ReservoirSize"};
  CHECK(suggest("host", words) == "Host");
  CHECK(suggest("Hosts", words) == "Host");
  CHECK(suggest("Ghosts", words).empty());
  CHECK(suggest("fixed_rate", words) == "FixedRate");
  CHECK(suggest("FixdRat", words) == "FixedRate");
  CHECK(suggest("FixdRa", words).empty());
  CHECK(suggest("", words).empty());
  CHECK(suggest(repeated("FixedRate", 100), words).empty());
}

}  // namespace
}  // namespace dosimeter::rules::test
