#include "sim/explain/request_file.h"
#include "tests/sim/explain/asking.h"
#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;
using dosimeter::test::TemporaryFile;

namespace {

struct Answered {
  std::string text;
  std::optional<Failure> failure;
};

Answered answer(const std::string& path, const std::vector<RuleSpec>& specs,
                std::string_view recorder, AnswerFormat format = AnswerFormat::json) {
  const std::vector<Rule> given = rules_of(specs);
  const auto rules =
      RecorderRules::compile(given, RuleKind::central, *find_recorder(recorder)).value();
  Answered answered;
  answered.failure = answer_requests(
      path, rules, format,
      [&](std::string_view text) -> std::optional<Failure> {
        answered.text += text;
        return std::nullopt;
      },
      [] { return false; });
  return answered;
}

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    REQUIRE(end != std::string::npos);
    lines.push_back(nlohmann::json::parse(text.substr(start, end - start)));
    start = end + 1;
  }
  return lines;
}

const std::vector<RuleSpec> kRules = {
    {.name = "zebra", .priority = 9, .resource_arn = "arn:*"},
    {.name = "login", .priority = 1, .url_path = "/login"},
    {.name = "ant", .priority = 3, .attributes = {{"tier", "g*"}}}};

}  // namespace

TEST_CASE("request file: one answer a request, texts as they are, blank lines skipped") {
  const TemporaryFile file("{\"path\":\"/login\"}\n\n \t\r\n{\"path\":\"/login?x\"}\r\n{}",
                           ".jsonl");
  const Answered answered = answer(file.path(), kRules, "xray-ruby");
  CHECK_FALSE(answered.failure.has_value());
  const auto lines = lines_of(answered.text);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["request_line"] == 1);
  CHECK(lines[0]["rule"] == "login");
  CHECK(lines[0]["ignored_rules"] == nlohmann::json({"zebra", "ant"}));
  CHECK_FALSE(lines[0].contains("error"));
  CHECK(lines[1]["request_line"] == 4);
  CHECK(lines[1]["rule"].is_null());
  CHECK(lines[1]["rules"][0]["fields"]["URLPath"] ==
        nlohmann::json({{"pattern", "/login"}, {"text", "/login?x"}, {"outcome", "failed"}}));
  CHECK(lines[2]["rules"][0]["verdict"] == "fails_for_empty_request");
}

TEST_CASE("request file: a recorder that refuses the rules says so of every request") {
  const TemporaryFile file("{}\n{}\n", ".jsonl");
  const Answered answered =
      answer(file.path(), {{.name = "bare", .priority = 1, .lacks_attributes = true}}, "otel-java");
  CHECK_FALSE(answered.failure.has_value());
  const auto lines = lines_of(answered.text);
  REQUIRE(lines.size() == 2);
  for (const auto& line : lines) {
    CHECK(line["rule"].is_null());
    CHECK(line["error"].get<std::string>().find("\"bare\"") != std::string::npos);
  }
}

TEST_CASE("request file: a recorder that ends with an error names rule and field") {
  const TemporaryFile file(
      "{\"attributes\":{\"tier\":[1]}}\n{\"attributes\":{\"tier\":\"gold\"}}\n", ".jsonl");
  const auto lines = lines_of(answer(file.path(), kRules, "adot-python").text);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["rule"].is_null());
  CHECK(lines[0]["error"] ==
        "rule \"ant\": this recorder ends with an error at attribute tier \"g*\" against \"[1]\"");
  CHECK(lines[1]["rule"] == "ant");
}

TEST_CASE("request file: what comes before a bad line is answered, the line is named") {
  const TemporaryFile file("{}\n\n{\"hots\":\"h\"}\n{}\n", ".jsonl");
  const Answered answered = answer(file.path(), kRules, "documented");
  CHECK(lines_of(answered.text).size() == 1);
  REQUIRE(answered.failure.has_value());
  CHECK(answered.failure->code == ExitCode::usage);
  CHECK(answered.failure->message == file.path() + ":3: unknown key \"hots\", did you mean host?");
  const TemporaryFile broken("{}\n{\"host\" \"h\"}\n", ".jsonl");
  CHECK(answer(broken.path(), kRules, "documented").failure->message ==
        broken.path() + ":2:11: expected one JSON object, got text that is no JSON");
}

TEST_CASE("request file: one that cannot be read, or an answer that cannot be printed, is told") {
  const Answered missing = answer("/no/such/file", kRules, "documented");
  REQUIRE(missing.failure.has_value());
  CHECK(missing.failure->code == ExitCode::input_output);

  const TemporaryFile file("{}\n{}\n", ".jsonl");
  const std::vector<Rule> given = rules_of(kRules);
  const auto rules =
      RecorderRules::compile(given, RuleKind::central, *find_recorder("documented")).value();
  const auto failure = answer_requests(
      file.path(), rules, AnswerFormat::text,
      [](std::string_view) {
        return Failure{ExitCode::input_output, "full"};
      },
      [] { return false; });
  REQUIRE(failure.has_value());
  CHECK(failure->message == "full");
}

TEST_CASE("request file: ends well when nobody reads the answers any more") {
  std::string requests;
  for (int i = 0; i < 100000; ++i) requests += "{\"path\":\"/login\"}\n";
  const TemporaryFile file(requests, ".jsonl");
  const auto rules = RecorderRules::compile({}, RuleKind::central, kDocumentedRecorder).value();
  std::size_t printed = 0;
  const auto failure = answer_requests(
      file.path(), rules, AnswerFormat::text,
      [&](std::string_view) -> std::optional<Failure> {
        ++printed;
        return std::nullopt;
      },
      [&] { return printed == 2; });
  CHECK_FALSE(failure.has_value());
  CHECK(printed == 2);
}

TEST_CASE("request file: for people, a line each") {
  const TemporaryFile file(
      "{\"path\":\"/login\"}\n{\"path\":\"/x\",\"attributes\":{\"a\":1}}\n{}\n", ".jsonl");
  const Answered answered = answer(file.path(), {kRules[1]}, "otel-java", AnswerFormat::text);
  CHECK(answered.text ==
        "     1: login                     URLPath \"/login\"\n"
        "     2: (AWS's own Default)       URLPath \"/x\", attribute a \"1\"\n"
        "     3: (AWS's own Default)       an empty request\n");
}
