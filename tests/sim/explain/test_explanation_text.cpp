#include "sim/explain/explanation_json.h"
#include "sim/explain/explanation_text.h"
#include "tests/sim/explain/asking.h"
#include "tests/support/random.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("explanation: the header comes first where it decides") {
  Question question = question_of({{Field::url_path, "/"}});
  question.trace_header = "Root=1-67891233-abcdef012345678912345678;Sampled=0";
  const Asked bypassing({{.name = "all", .priority = 1}}, "documented", question);
  const std::string text = write_explanation_text(bypassing.answer());
  CHECK(
      text.starts_with("the trace header decides that it is not recorded: no rule is asked\n"
                       "without the header: all has it"));
  CHECK(has(text, "> all, priority 1: would have it\n"));

  const Asked consulting({{.name = "all", .priority = 1}}, "xray-java", question);
  const std::string asked = write_explanation_text(consulting.answer());
  CHECK(asked.starts_with("the trace header decides that it is not recorded: xray-java asks"));
  CHECK(has(asked, "> all, priority 1: HAS IT\n"));
}

TEST_CASE("explanation: where nothing matches it is said who decides") {
  const Asked asked({{.name = "r", .priority = 1, .url_path = "/a"}}, "xray-node",
                    question_of({{Field::url_path, "/b"}}));
  CHECK(answer_text(asked.answer()) ==
        "no rule of the document has it, so AWS's own Default rule does: 1 a second, then 5 %\n");
  CHECK(short_answer_text(asked.answer()) == "(AWS's own Default)");

  // A Default of its own that does not match leaves nobody but the recorder.
  const Asked restricted({{.name = "Default", .url_path = "/a"}}, "otel-python",
                         question_of({{Field::url_path, "/b"}}));
  CHECK(answer_text(restricted.answer()) ==
        "no rule has it: the local sampler of otel-python decides: 1 a second, then 5 %\n");
  CHECK(short_answer_text(restricted.answer()) == "(local sampler)");
}

TEST_CASE("explanation: a recorder that asks for no central rules says so") {
  const Question question = question_of({{Field::url_path, "/"}});
  const std::string note = "note: envoy asks X-Ray for no rules; these are matched as if they were";
  const Asked central({{.name = "all", .priority = 1}}, "envoy", question);
  CHECK(has(write_explanation_text(central.answer()), note));
  const Asked local({{.name = "all", .priority = 1}}, "envoy", question, RuleKind::local);
  CHECK_FALSE(has(write_explanation_text(local.answer()), "note: "));
  const Asked other({{.name = "all", .priority = 1}}, "documented", question);
  CHECK_FALSE(has(write_explanation_text(other.answer()), "note: "));
}

TEST_CASE("explanation: a blank text that counts as absent is shown") {
  const Asked asked({{.name = "r", .priority = 1, .host = "h"}}, "documented",
                    question_of({{Field::host, ""}}));
  CHECK(has(seen_request_text(asked.answer()), "Host         \"\"      counts as absent here\n"));
}

TEST_CASE("explanation: nothing steers a terminal, nothing is endless, JSON is whole") {
  Random random;
  const std::string hostile = "\x1b[31m\n\xFF\xE2\x80\xAE\"\\a";
  for (int round = 0; round < 200; ++round) {
    Question question;
    for (const Field field : kFields) {
      if (random.chance(0.8)) question.request.field(field) = random.text(hostile, 20);
    }
    question.request.field(Field::url_path) = random.text(hostile, 20) + std::string(5000, 'a');
    question.request.attributes.push_back(
        {random.text(hostile, 5), random.text(hostile, 20), AttributeType::other});
    question.trace_header = random.text(hostile, 20);
    const RuleSpec rule{.name = "r" + random.text(hostile, 20),
                        .priority = 1,
                        .host = random.text(hostile, 20),
                        .attributes = {{"k" + random.text(hostile, 5), random.text(hostile, 9)}}};
    const auto all = recorders();
    const Asked asked({rule}, all[random.below(all.size())].name, std::move(question));
    std::string text = write_explanation_text(asked.answer());
    const auto reason = why_not(asked.answer(), asked.rules(), rule.name);
    REQUIRE(reason.has_value());
    text += write_why_not_text(asked.answer(), reason.value());
    const bool steers = std::any_of(text.begin(), text.end(), [](char byte) {
      return byte == '\x7F' || (byte >= 0 && byte < ' ' && byte != '\n');
    });
    CHECK_FALSE(steers);
    CHECK_FALSE(has(text, "\xE2\x80\xAE"));
    CHECK_NOTHROW(nlohmann::json(text).dump());  // it throws at what is no UTF-8
    CHECK(text.size() < 10000);
    const auto json = nlohmann::json::parse(
        write_explanation_json(asked.answer(), reason.value(), {}), nullptr, false);
    REQUIRE(json.is_object());
    CHECK(json["seen_request"]["path"].get<std::string>().size() >= 5000);
    CHECK(nlohmann::json::parse(write_answer_line(asked.answer(), 1), nullptr, false).is_object());
  }
}

TEST_CASE("explanation: the rule is the one that the engine selects") {
  Random random;
  for (int round = 0; round < 3000; ++round) {
    std::vector<RuleSpec> rules;
    for (std::size_t n = random.below(4); n > 0; --n) {
      RuleSpec rule{.name = "r" + std::to_string(n),
                    .priority = static_cast<std::int64_t>(random.below(3)) + 1};
      rule.url_path = random.text("/a*", 3);
      rule.host = random.chance(0.5) ? "*" : random.text("h*", 2);
      if (random.chance(0.2)) rule.attributes.push_back({"k", "*"});
      rules.push_back(rule);
    }
    Question question = question_of({{Field::url_path, random.text("/a?", 3)}});
    if (random.chance(0.5)) question.request.field(Field::host) = random.text("h:", 2);
    if (random.chance(0.5)) question.request.attributes.push_back({"k", "v"});
    const auto all = recorders();
    const Asked asked(rules, all[random.below(all.size())].name, std::move(question));
    if (asked.answer().error()) continue;
    const RuleSet& set = *asked.answer().rules->set;
    MatchScratch scratch;
    const Rule& matched = set.rules()[set.match(asked.answer().seen->request(), scratch)];
    const Rule* selected = asked.answer().selected();
    CHECK((selected == nullptr ? kDefaultRuleName : selected->name()) == matched.name());
    const auto json = nlohmann::json::parse(write_answer_line(asked.answer(), 7));
    CHECK(json["request_line"] == 7);
    CHECK(json["rule"] ==
          (selected == nullptr ? nlohmann::json() : nlohmann::json(selected->name())));
    CHECK(json["rules"].size() + json["ignored_rules"].size() == rules.size());
  }
}
