#include <dosimeter/rules/check.h>

#include "tests/rules/document_cases.h"
#include "tests/rules/load_text.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules::test {
namespace {

constexpr std::array<std::string_view, 8> kNames{"documented",  "xray-python", "xray-node",
                                                 "xray-go",     "xray-java",   "xray-ruby",
                                                 "xray-dotnet", "envoy"};

DocumentCheck check(std::string_view text, std::string_view recorder) {
  const Recorder* found = find_recorder(recorder);
  REQUIRE(found != nullptr);
  REQUIRE(found->local.has_value());
  return check_local_document({"rules.json", text}, *found);
}

char letter(Acceptance acceptance) {
  switch (acceptance) {
    case Acceptance::accepted:
      return 'a';
    case Acceptance::partly_loaded:
      return 'p';
    case Acceptance::refused:
      return 'r';
    case Acceptance::replaced:
      return 'b';
  }
  return '?';
}

std::string outcome(std::string_view text) {
  std::string letters;
  for (const std::string_view name : kNames) letters += letter(check(text, name).acceptance);
  return letters;
}

std::string said(std::string_view text, std::string_view recorder) {
  const DocumentCheck result = check(text, recorder);
  if (result.acceptance == Acceptance::accepted) return "accepted";
  return std::to_string(result.location.line) + ":" + std::to_string(result.location.column) +
         ": " + result.message;
}

TEST_CASE("document check: every recorder with local rules is checked here") {
  std::vector<std::string_view> names;
  for (const Recorder& recorder : recorders()) {
    if (recorder.local) names.push_back(recorder.name);
  }
  CHECK(names == std::vector<std::string_view>(kNames.begin(), kNames.end()));
}

TEST_CASE("document check: each recorder takes what its loader takes") {
  for (const DocumentCase& tried : document_cases()) {
    INFO(tried.title << "\n" << tried.text);
    CHECK(outcome(tried.text) == tried.outcome);
    for (const std::string_view name : kNames) {
      const DocumentCheck result = check(tried.text, name);
      CHECK(result.message.empty() == (result.acceptance == Acceptance::accepted));
      CHECK(result.location.file.empty() == (result.acceptance == Acceptance::accepted));
    }
  }
}

TEST_CASE("document check: documented takes what is read as a local document without an error") {
  for (const DocumentCase& tried : document_cases()) {
    INFO(tried.text);
    const bool accepted = check(tried.text, "documented").acceptance == Acceptance::accepted;
    CHECK(accepted == load(tried.text).ok());
  }
}

TEST_CASE("document check: a fault is named with its place, expected then got") {
  CHECK(said(with_member("\"id\": 1"), "xray-node") ==
        "3:95: rules[0]: unknown key \"id\", only description, host, http_method, url_path, "
        "fixed_target and rate are taken");
  CHECK(said(version_1_rule(", \"host\": \"*\""), "xray-node") ==
        "3:103: rules[0]: unknown key \"host\", only description, service_name, http_method, "
        "url_path, fixed_target and rate are taken");
  CHECK(said(with_default("\"description\": \"d\""), "xray-node") ==
        "2:47: default: unknown key \"description\", only fixed_target and rate are taken");
  CHECK(said(with_default("\"url_path\": \"*\""), "xray-go") ==
        "2:47: default must have fixed_target and rate alone, got url_path (it applies where no "
        "rule matches)");
  CHECK(said(with_member("\"service_name\": \"*\""), "xray-dotnet") ==
        "3:95: rules[0]: expected no service_name beside host, got one (version 2 calls it host)");
  CHECK(said(document("3", kDefault), "xray-python") == "1:13: version must be 1 or 2, got 3");
  CHECK(said(document("1", kDefault), "envoy") == "1:13: version must be 2, got 1");
  CHECK(said(document("\"2\"", kDefault), "xray-go") ==
        "1:13: version must be the number 1 or 2, got the string \"2\"");
  CHECK(said("{}", "xray-ruby") == "1:1: version is missing, expected 1 or 2");
  CHECK(said(R"({"version": 2})", "xray-ruby") == "1:1: default is missing");
  CHECK(said(document("2", "null"), "xray-java") == "2:13: default must be an object, got null");
  CHECK(said(document("2", kDefault, "[{}]"), "xray-python") ==
        "3:12: rules[0]: host, http_method, url_path, fixed_target and rate are missing");
  CHECK(said(document("2", kDefault, "[{}]"), "envoy") ==
        "3:12: rules[0]: fixed_target and rate are missing");
  CHECK(said(R"({"version": 2, "default": {"fixed_target": 0, "rate": 0}})", "xray-ruby") ==
        "1:1: rules is missing, expected an array");
  CHECK(said(document("2", kDefault, "5"), "xray-go") ==
        "3:11: rules must be an array, got the number 5");
  CHECK(said(with_path("\"\""), "xray-python") ==
        "3:58: rules[0]: url_path must be a pattern, got \"\" (\"*\" matches everything)");
  CHECK(said(with_path("5"), "xray-go") ==
        "3:58: rules[0]: url_path must be a string, got the number 5");
  CHECK(said(with_target("\"1\""), "xray-python") ==
        "3:79: rules[0]: fixed_target must be a number, got the string \"1\" (numbers stand "
        "without quotes)");
  CHECK(said(with_target("0.5"), "xray-node") ==
        "3:79: rules[0]: fixed_target must be a whole number, got 0.5");
  CHECK(said(with_target("1.0"), "xray-go") ==
        "3:79: rules[0]: fixed_target must be written as a whole number, got 1.0");
  CHECK(said(with_target("4294967296"), "xray-java") ==
        "3:79: rules[0]: fixed_target must be at most 2147483647 in size, got 4294967296");
  CHECK(said(with_target("-1"), "xray-dotnet") ==
        "3:79: rules[0]: fixed_target must be at least 0, got -1");
  CHECK(said(with_rate("5"), "envoy") == "3:90: rules[0]: rate must be between 0 and 1, got 5");
  CHECK(said(with_rate("-5"), "xray-go") == "3:90: rules[0]: rate must be at least 0, got -5");
  CHECK(said("// a\n" + with_rate("-5"), "xray-java") ==
        "4:90: rules[0]: rate must be at least 0, got -5");
  CHECK(said("// a\n{}", "xray-python") ==
        "1:1: expected JSON, which begins with { or [, got \"//\" (JSON has no comments)");
  CHECK(said(with_member("\"rate\": 1"), "envoy") ==
        "3:95: key \"rate\" is there twice, first at 3:82");
}

TEST_CASE("document check: the first of several faults is named, wrong types before others") {
  const std::string both =
      document("2", R"({"fixed_target": -1, "rate": 0})", "[" + rule("{}", "1", "1") + "]");
  CHECK(said(both, "documented") == "2:30: default: fixed_target must be at least 0, got -1");
  CHECK(said(both, "xray-java") == "3:58: rules[0]: url_path must be a string, got an object");
  CHECK(check(both, "xray-java").acceptance == Acceptance::replaced);
}

TEST_CASE("document check: central documents have no version") {
  for (const std::string& text : {create_input(), get_output(), rule_text()}) {
    CHECK(outcome(text) == "rrrrrrrb");
    CHECK(said(text, "xray-python") == "1:1: version is missing, expected 1 or 2");
  }
  // Version is as good as version to it.
  CHECK(said(rule_text(), "xray-go") == "1:1: default is missing");
  CHECK(said("[" + rule_text() + "]", "xray-go") ==
        "1:1: a local document must be an object, got an array");
}

TEST_CASE("document check: comments are skipped where they stand and nowhere else") {
  CHECK(said("{ /* \"version\": 3 */ \"version\": 3}", "xray-java") ==
        "1:33: version must be 1 or 2, got 3");
  CHECK(said("{/*\n*/ // }\n\"version\": 3}", "xray-dotnet") ==
        "3:12: version must be 1 or 2, got 3");
  // No end, no comment.
  CHECK(check("{\"version\": 2 /* ", "xray-java").acceptance == Acceptance::replaced);
  CHECK(check("/*/ {}", "xray-dotnet").acceptance == Acceptance::refused);
  CHECK(outcome(with_path(R"("\"/*")")) == "aaaaaaaa");
  CHECK(outcome("# none\n" + with_path("\"*\"")) == "rrrrbrrb");
  // Brackets in comments and strings are none.
  CHECK(outcome("/* } */" + with_path("\"}\"")) == "rrrrarab");
}

TEST_CASE("document check: what this program does not read is refused for all") {
  CHECK(outcome(std::string(kMaximumDocumentBytes + 1, ' ')) == "rrrrrrrr");
  CHECK(outcome(std::string(100'000, '[')) == "rrrrrrrr");
  CHECK(outcome(with_rate("1e999")) == "rrrrrrrr");
  CHECK(outcome(std::string(kMaximumDocumentBytes, ' ')) == "rrrrbrrb");
  CHECK(outcome(std::string("{\0}", 3)) == "rrrrbrrb");
  CHECK(outcome("version: 2\n") == "rrrrbrrb");
}

void check_sane(std::string_view text) {
  for (const std::string_view name : kNames) {
    const DocumentCheck result = check(text, name);
    const bool accepted = result.acceptance == Acceptance::accepted;
    if (accepted != result.message.empty() || result.message.size() > 1000 ||
        result.message.find('\n') != std::string::npos) {
      FAIL_CHECK("not one short line: " << result.message);
    }
  }
}

TEST_CASE("document check: no beginning of a document does harm") {
  const std::string document_text =
      "// a\n" + version_1_rule(R"(, "description": "\u00e9\"", "id": [null, {"a": -1e5}])");
  for (std::size_t size = 0; size < document_text.size(); ++size) {
    const std::string_view part = std::string_view(document_text).substr(0, size);
    check_sane(part);
    if (check(part, "xray-java").acceptance != Acceptance::replaced) FAIL_CHECK(part);
  }
}

TEST_CASE("document check: no text made of a document's parts does harm") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<std::string> parts{"{",
                                       "}",
                                       "[",
                                       "]",
                                       ",",
                                       ":",
                                       "\"",
                                       "\"version\"",
                                       "2",
                                       "1",
                                       "\"default\"",
                                       "\"rules\"",
                                       "\"host\"",
                                       "\"rate\"",
                                       "\"fixed_target\"",
                                       "null",
                                       "-1",
                                       "0.5",
                                       "true",
                                       "//",
                                       "/*",
                                       "*/",
                                       "\n",
                                       "\\",
                                       "\xEF\xBB\xBF",
                                       "\xC3",
                                       std::string(1, '\0')};
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random.chance(0.7) ? "{\"version\": 2, \"default\": " : "";
    for (std::size_t count = random.below(12); count > 0; --count)
      text += parts[random.below(parts.size())];
    check_sane(text);
  }
  for (int round = 0; round < 5'000; ++round) {
    std::string text = with_member("\"id\": 1");
    for (std::size_t count = 1 + random.below(3); count > 0; --count)
      text[random.below(text.size())] = static_cast<char>(random.below(256));
    check_sane(text);
  }
}

std::string cell(char outcome) {
  switch (outcome) {
    case 'a':
      return "yes";
    case 'p':
      return "in part";
    case 'b':
      return "its own";
    default:
      return "no";
  }
}

TEST_CASE("document check: docs/rule-documents.md shows what each recorder accepts") {
  std::string table = "| a document with |";
  std::string rule = "|---|";
  for (const std::string_view name : kNames) {
    table += " " + std::string(name) + " |";
    rule += "---|";
  }
  table += "\n" + rule + "\n";
  for (const DocumentCase& tried : document_cases()) {
    if (tried.title.empty()) continue;
    table += "| " + tried.title + " |";
    for (const char result : outcome(tried.text)) table += " " + cell(result) + " |";
    table += "\n";
  }
  std::ifstream file(DOSIMETER_SOURCE_DIRECTORY "/docs/rule-documents.md", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  INFO("the table should be\n" << table);
  CHECK(text.str().find("\n\n" + table + "\n") != std::string::npos);
}

}  // namespace
}  // namespace dosimeter::rules::test
