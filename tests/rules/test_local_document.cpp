#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

// A local document of version 2 with one rule; both arguments are what stands between the braces.
std::string local_text(const std::string& rule,
                       const std::string& fallback = R"("fixed_target": 1, "rate": 0.05)") {
  return "{\"version\": 2,\n\"rules\": [\n{" + rule + "}],\n\"default\":\n{" + fallback + "}}";
}

const std::string kPatterns = R"("host": "*", "http_method": "*", "url_path": "*")";

TEST_CASE("rule document: a local document's version is 1 or 2") {
  const auto with = [](const std::string& version) {
    return lines("{" + version + R"("default": {"fixed_target": 1, "rate": 0.05}})");
  };
  CHECK(with("\"version\": 1, ").empty());
  CHECK(with("\"version\": 2, ").empty());
  CHECK(with("\"version\": 3, ") == Lines{"rules.json:1:13: version must be 1 or 2, got 3"});
  CHECK(with("\"version\": 2.0, ") == Lines{"rules.json:1:13: version must be 1 or 2, got 2.0"});
  CHECK(with("\"version\": \"2\", ") == Lines{"rules.json:1:13: version must be a number, got the "
                                              "string \"2\" (numbers stand without quotes)"});
  CHECK(with("") == Lines{"rules.json:1:1: version is missing, expected 1 or 2"});
}

TEST_CASE("rule document: a local document needs a default that only samples") {
  CHECK(lines(R"({"version": 2, "rules": []})") == Lines{"rules.json:1:1: default is missing"});
  CHECK(lines(R"({"version": 2})") == Lines{"rules.json:1:1: default is missing"});
  CHECK(lines(R"({"version": 2, "default": 5})") ==
        Lines{"rules.json:1:27: rule \"Default\": default must be an object, got the number 5"});
  CHECK(lines(R"({"version": 2, "default": {}})") ==
        Lines{"rules.json:1:27: rule \"Default\": fixed_target and rate are missing"});
  CHECK(lines(R"({"version": 2, "default": {"fixed_target": 1, "rate": 0.1, "url_path": "*"}})") ==
        Lines{"rules.json:1:60: rule \"Default\": default must have fixed_target and rate alone, "
              "got url_path (it "
              "applies where no rule matches)"});
  CHECK(
      lines(
          R"({"version": 2, "default": {"fixed_target": 1, "rate": 0.1, "id": 1, "description": "d", "x": 1}})") ==
      Lines{"warning: rules.json:1:89: rule \"Default\": unknown key \"x\""});
}

TEST_CASE("rule document: each field of a local rule is checked") {
  struct FieldCase {
    std::string rule;
    Lines lines;
  };
  const std::string sampling = R"(, "fixed_target": 1, "rate": 1)";
  for (const FieldCase& field : std::vector<FieldCase>{
           {kPatterns + sampling, {}},
           {kPatterns + R"(, "fixed_target": 0, "rate": 0)", {}},
           {kPatterns + R"(, "fixed_target": 500000000, "rate": 0)", {}},
           {"", {"host, http_method, url_path, fixed_target and rate are missing"}},
           {kPatterns + R"(, "fixed_target": -1, "rate": 0)",
            {"fixed_target must be a whole number from 0 to 500000000 (the most this program "
             "counts), got -1"}},
           {kPatterns + R"(, "fixed_target": 0.5, "rate": 0)",
            {"fixed_target must be a whole number, got 0.5"}},
           {kPatterns + R"(, "fixed_target": "1", "rate": 0)",
            {"fixed_target must be a whole number, got the string \"1\" (numbers stand without "
             "quotes)"}},
           {kPatterns + R"(, "fixed_target": 1, "rate": 5)",
            {"rate must be between 0 and 1, got 5 (5 % is 0.05)"}},
           {kPatterns + R"(, "fixed_target": 1, "rate": -1)",
            {"rate must be between 0 and 1, got -1"}},
           {R"("host": 1, "http_method": null, "url_path": "")" + sampling,
            {"host must be a string, got the number 1", "http_method must be a string, got null",
             "url_path must be a pattern, got \"\" (\"*\" matches everything)"}},
           {kPatterns + sampling + R"(, "description": 5)",
            {"description must be a string, got the number 5"}},
           {kPatterns + sampling + R"(, "fixed_taget": 5, "zone": 1)",
            {"warning: unknown key \"fixed_taget\", did you mean fixed_target?",
             "warning: unknown key \"zone\""}},
           {kPatterns + sampling + R"(, "service_name": "*")",
            {"warning: unknown key \"service_name\", version 2 calls it host"}},
       }) {
    CAPTURE(field.rule);
    CHECK(messages(local_text(field.rule)) == field.lines);
    for (const Diagnostic& diagnostic : load(local_text(field.rule)).diagnostics) {
      CHECK(diagnostic.rule == "rules[0]");
      CHECK(diagnostic.location.line == 3);
    }
  }
  CHECK(messages(R"({"version": 2, "rules": {}, "default": {"fixed_target": 1, "rate": 0}})") ==
        Lines{"rules must be an array, got an object"});
  CHECK(
      lines(
          R"({"version": 2, "rules": [1], "default": {"fixed_target": 1, "rate": 0}, "Rules": 1})") ==
      Lines{"rules.json:1:26: rule \"rules[0]\": a rule must be an object, got the number 1",
            "warning: rules.json:1:73: unknown key \"Rules\", did you mean rules?"});
}

}  // namespace
}  // namespace dosimeter::rules::test
