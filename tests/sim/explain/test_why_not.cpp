#include "sim/explain/why_not.h"
#include "tests/sim/explain/asking.h"

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;

namespace {

WhyNotAnswer ask(const Asked& asked, std::string_view rule) {
  return why_not(asked.answer(), asked.rules(), rule).value();
}

const std::vector<RuleSpec> kRules = {
    {.name = "login", .priority = 1, .url_path = "/login"},
    {.name = "gold", .priority = 2, .attributes = {{"tier", "g*"}}},
    {.name = "all", .priority = 3},
    {.name = "late", .priority = 4}};

}  // namespace

TEST_CASE("why not: the first field that fails, or the attribute") {
  const Asked asked(kRules, "documented", question_of({{Field::url_path, "/x"}}));
  const auto login = ask(asked, "login");
  CHECK(login.reason == WhyNot::field_failed);
  REQUIRE(login.part.has_value());
  CHECK(login.part->field == Field::url_path);
  CHECK(login.message == "URLPath \"/login\" against \"/x\"");
  const auto gold = ask(asked, "gold");
  CHECK(gold.reason == WhyNot::attribute_failed);
  CHECK(gold.message == "attribute tier \"g*\", and the request has none");
}

TEST_CASE("why not: it does have it, or an earlier rule has") {
  const Asked asked(kRules, "documented", question_of({{Field::url_path, "/x"}}));
  CHECK(ask(asked, "all").reason == WhyNot::has_it);
  const auto late = ask(asked, "late");
  CHECK(late.reason == WhyNot::earlier_rule);
  CHECK(late.message == "it would match, but all (priority 3) is asked first and matches");
}

TEST_CASE("why not: a rule that the recorder ignores or refuses") {
  const Asked ignored(kRules, "xray-node", question_of({{Field::url_path, "/x"}}));
  CHECK(ask(ignored, "gold").reason == WhyNot::ignored);
  CHECK(ask(ignored, "gold").message == "this recorder ignores rules with attributes");

  const Asked refused({{.name = "bare", .priority = 1, .lacks_attributes = true}}, "otel-java",
                      question_of({{Field::url_path, "/x"}}));
  CHECK_FALSE(refused.answer().rules->set.has_value());
  CHECK(refused.answer().error().has_value());
  CHECK(ask(refused, "bare").reason == WhyNot::rules_refused);
}

TEST_CASE("why not: a recorder that ends with an error, at this rule or before it") {
  Question question = question_of({});
  question.request.attributes.push_back({"tier", "1", AttributeType::other});
  const Asked asked(kRules, "adot-python", std::move(question));
  CHECK(asked.answer().selected() == nullptr);
  CHECK(asked.answer().error() ==
        "rule \"gold\": this recorder ends with an error at attribute tier \"g*\" against \"1\"");
  CHECK(ask(asked, "gold").reason == WhyNot::ends_recorder);
  CHECK(ask(asked, "all").reason == WhyNot::earlier_error);
}

TEST_CASE("why not: an empty request may be for Default alone") {
  const Asked asked(kRules, "xray-ruby", question_of({}));
  CHECK(ask(asked, "all").reason == WhyNot::empty_request);
}

TEST_CASE("why not: a name that no rule has is an error") {
  const Asked asked(kRules, "documented", question_of({}));
  const auto unknown = why_not(asked.answer(), asked.rules(), "lgoin");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == ExitCode::usage);
  CHECK(unknown.error().message ==
        "--why-not must be the name of a rule of the documents, got \"lgoin\", did you mean "
        "\"login\"?");
  // The implicit Default is in no document.
  CHECK_FALSE(why_not(asked.answer(), asked.rules(), "Default").has_value());
}
