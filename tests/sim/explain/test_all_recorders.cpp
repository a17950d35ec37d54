#include "sim/explain/all_recorders.h"
#include "tests/sim/explain/asking.h"

#include <algorithm>

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;

namespace {

const RecorderRow& row_of(const std::vector<RecorderRow>& rows, std::string_view name) {
  return *std::find_if(rows.begin(), rows.end(),
                       [&](const RecorderRow& row) { return row.answer.recorder().name == name; });
}

std::vector<RecorderRow> ask(const std::vector<RuleSpec>& rules, const Question& question,
                             std::string_view chosen, RuleKind kind = RuleKind::central) {
  auto rows = ask_all_recorders(rules_of(rules), kind, question, *find_recorder(chosen));
  REQUIRE(rows.has_value());
  REQUIRE(rows.value().size() == recorders().size());
  return std::move(rows).value();
}

}  // namespace

TEST_CASE("all recorders: the field that makes the difference, seen from either side") {
  const std::vector<RuleSpec> rules = {{.name = "login", .priority = 1, .url_path = "/login"},
                                       {.name = "rest", .priority = 2}};
  const Question question = question_of({{Field::url_path, "/login?next=%2F"}});
  const auto from_documented = ask(rules, question, "documented");
  const RecorderRow& node = row_of(from_documented, "xray-node");
  CHECK_FALSE(node.is_same);
  CHECK(node.reason == "login fails: URLPath \"/login\" against \"/login?next=%2F\"");
  CHECK(row_of(from_documented, "documented").is_chosen);
  CHECK(row_of(from_documented, "xray-go").is_same);
  CHECK(row_of(from_documented, "xray-go").reason.empty());

  const auto from_node = ask(rules, question, "xray-node");
  CHECK(row_of(from_node, "documented").reason ==
        "login matches: URLPath \"/login\" against \"/login\"");
  CHECK(row_of(from_node, "envoy").is_same);
}

TEST_CASE("all recorders: ignored, refused, another order, another kind") {
  const Question question = question_of({{Field::url_path, "/"}});
  const auto arns =
      ask({{.name = "arn", .priority = 1, .resource_arn = "arn:*"}}, question, "xray-node");
  CHECK(row_of(arns, "xray-go").is_same);
  const auto zero =
      ask({{.name = "a", .priority = 1}, {.name = "zero", .priority = 0}}, question, "xray-node");
  CHECK(row_of(zero, "documented").reason == "zero is not ignored");
  const auto refused =
      ask({{.name = "bare", .priority = 1, .lacks_attributes = true}}, question, "documented");
  CHECK_FALSE(row_of(refused, "otel-java").is_same);
  CHECK(row_of(refused, "otel-java").reason.starts_with("Attributes must be there"));
  CHECK(row_of(refused, "xray-node").reason.starts_with("bare: this recorder ignores"));
  const auto order =
      ask({{.name = "b", .priority = 1}, {.name = "a", .priority = 1}}, question, "documented");
  CHECK(row_of(order, "otel-java").reason == "b is asked earlier");
  const auto local = ask({{.name = "Default"}}, question, "documented", RuleKind::local);
  CHECK(row_of(local, "otel-java").reason == "knows no local documents");
  CHECK(row_of(local, "xray-go").is_same);
}

TEST_CASE("all recorders: without a host one compares nothing") {
  const std::vector<RuleSpec> rules = {
      {.name = "rules[0]", .priority = 1, .host = "h", .url_path = "/a"},
      {.name = "Default", .priority = 2}};
  const auto rows =
      ask(rules, question_of({{Field::url_path, "/b"}}), "documented", RuleKind::local);
  CHECK(row_of(rows, "xray-node").reason == "rules[0] matches: without a host nothing is compared");
}

TEST_CASE("all recorders: a trace header that decides for some") {
  Question question = question_of({{Field::url_path, "/"}});
  question.trace_header = "Root=1-67891233-abcdef012345678912345678; Sampled=1";
  const auto rows = ask({{.name = "all", .priority = 1}}, question, "documented");
  CHECK(row_of(rows, "xray-node").is_same);
  CHECK(row_of(rows, "xray-python").reason == "the trace header decides nothing");
  CHECK(row_of(rows, "xray-java").reason == "asks its rules although the trace header decides");
  CHECK(write_recorder_table(rows).find("(header: recorded)") != std::string::npos);
}
