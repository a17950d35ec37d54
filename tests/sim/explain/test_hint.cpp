#include <dosimeter/pattern.h>

#include "sim/explain/hint.h"
#include "sim/log/quoted_text.h"
#include "tests/sim/explain/asking.h"
#include "tests/support/random.h"

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;

namespace {

RuleSpec rule_of(Field field, std::string pattern) {
  RuleSpec rule{.name = "r", .priority = 1};
  if (field == Field::host) rule.host = std::move(pattern);
  if (field == Field::url_path) rule.url_path = std::move(pattern);
  if (field == Field::http_method) rule.http_method = std::move(pattern);
  return rule;
}

std::string hint(std::string_view recorder, Field field, std::string pattern, std::string text,
                 std::string base_path = "") {
  Question question = question_of({{field, std::move(text)}});
  question.base_path = std::move(base_path);
  const Asked asked({rule_of(field, std::move(pattern))}, recorder, std::move(question));
  const auto parts = parts_of(asked.answer().explanation.rules.at(0));
  return hint_for(asked.answer(), parts.at(static_cast<std::size_t>(field)));
}

}  // namespace

TEST_CASE("hint: a query or a port that is compared asks for a star behind") {
  CHECK(hint("xray-node", Field::url_path, "/login", "/login?next=%2F") ==
        "compared with its query: \"/login*\" would match");
  CHECK(hint("documented", Field::host, "shop.example", "shop.example:8080") ==
        "compared with its port: \"shop.example*\" would match");
}

TEST_CASE("hint: what a recorder takes off is not to be asked for") {
  CHECK(hint("documented", Field::url_path, "/login*x=1", "/login?x=1") ==
        "compared without its query");
  CHECK(hint("xray-ruby", Field::host, "shop.example:*", "shop.example:8080") ==
        "compared without its port");
  CHECK(hint("xray-go", Field::url_path, "/a%2Fb", "/a%2Fb") == "compared decoded");
  CHECK(hint("documented", Field::url_path, "/a/b", "/a%2Fb") == "compared encoded as it was sent");
  CHECK(hint("xray-python", Field::url_path, "/shop/a", "/shop/a", "/shop") ==
        "compared below its base path");
  CHECK(hint("documented", Field::url_path, "/a", "/shop/a", "/shop") ==
        "compared with its base path");
}

TEST_CASE("hint: letter case that counts shows how to write it") {
  CHECK(hint("otel-python", Field::http_method, "get", "GET") ==
        "letter case counts here: \"GET\" would match");
  CHECK(hint("otel-python", Field::http_method, "g*", "GET") == "letter case counts here");
  CHECK(hint("documented", Field::http_method, "get", "POST").empty());
}

TEST_CASE("hint: there is none where nothing is certain") {
  CHECK(hint("xray-node", Field::url_path, "/logout", "/login?next=%2F").empty());
  CHECK(hint("documented", Field::url_path, "/login", "/login?x").empty());  // it matches
}

TEST_CASE("hint: a pattern that is said to match does") {
  Random random;
  const std::string marker = "\" would match";
  int said = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto all = recorders();
    const Recorder& recorder = all[random.below(all.size())];
    const bool path = random.chance(0.5);
    const Field field = path ? Field::url_path : Field::host;
    const std::string pattern = random.text(path ? "/aA*?" : "aA*.", 4);
    const std::string text = random.text(path ? "/aA?%41" : "aA.:8", 8);
    const std::string given = hint(recorder.name, field, pattern, text);
    const std::size_t end = given.find(marker);
    if (end == std::string::npos) continue;
    ++said;
    const std::size_t start = given.find('"') + 1;
    const std::string better = given.substr(start, end - start);
    const Asked asked({rule_of(field, better)}, recorder.name, question_of({{field, text}}));
    CAPTURE(recorder.name, pattern, text, given);
    CHECK(asked.answer().explanation.selected == RuleIndex{0});
  }
  CHECK(said > 100);
}
