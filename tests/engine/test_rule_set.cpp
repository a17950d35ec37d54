#include <dosimeter/rule_set.h>

#include "tests/oracle/rule_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

using namespace dosimeter;

namespace {

RuleSet make(const std::vector<RuleSpec>& specs, const Recorder& recorder = kDocumentedRecorder) {
  RuleSetBuilder builder(recorder);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

std::string selected(const RuleSet& rules, const Request& request) {
  MatchScratch scratch;
  return rules.rules()[rules.match(request, scratch)].name();
}

RuleSpec rule(std::string name, std::int64_t priority) {
  RuleSpec spec;
  spec.name = std::move(name);
  spec.priority = priority;
  return spec;
}

std::vector<std::string> names(const RuleSet& rules) {
  std::vector<std::string> names;
  for (const Rule& r : rules.rules()) names.push_back(r.name());
  return names;
}

}  // namespace

TEST_CASE("rule set: an empty one has the Default rule that AWS ships") {
  const RuleSet rules = make({});
  CHECK(names(rules) == std::vector<std::string>{"Default"});
  CHECK(rules.fallback() == Fallback::aws_default);
  CHECK(rules.is_stand_in(0));
  CHECK(rules.fallback_index() == 0);
  CHECK(selected(rules, {}) == "Default");
}

TEST_CASE("rule set: priority, then name by code point, Default last whatever it says") {
  RuleSpec mine = rule("Default", 1);
  mine.url_path = "/never";
  const RuleSet rules = make({rule("b", 5), rule("a", 5), mine, rule("B", 5), rule("\xC3\xA9", 5),
                              rule("z", -1), rule("\xF0\x9F\x98\x80", 5), rule("\xEF\xBF\xBD", 5)});
  CHECK(names(rules) == std::vector<std::string>{"z", "B", "a", "b", "\xC3\xA9", "\xEF\xBF\xBD",
                                                 "\xF0\x9F\x98\x80", "Default"});
  CHECK(rules.fallback() == Fallback::own_default);
  CHECK_FALSE(rules.is_stand_in(7));
  CHECK(rules.fallback_index() == 7);
  CHECK(selected(make({mine}), {.url_path = "/other"}) == "Default");
}

TEST_CASE("rule set: each field decides on its own") {
  RuleSpec spec = rule("r", 1);
  spec.service_name = "s*";
  spec.service_type = "AWS::ECS::*";
  spec.host = "h*";
  spec.http_method = "GET";
  spec.url_path = "/p/*";
  spec.resource_arn = "arn:*";
  spec.attributes = {{"tier", "gold*"}};
  const RuleSet rules = make({spec});
  const Attribute attributes[] = {{"other", "x"}, {"tier", "Gold-1"}};
  const Request full{.service_name = "svc",
                     .service_type = "aws::ecs::container",
                     .host = "host",
                     .http_method = "get",
                     .url_path = "/P/1",
                     .resource_arn = "arn:1",
                     .attributes = attributes};
  CHECK(selected(rules, full) == "r");
  const auto without = [&](auto change) {
    Request request = full;
    change(request);
    return selected(rules, request);
  };
  CHECK(without([](Request& r) { r.service_name = "x"; }) == "Default");
  CHECK(without([](Request& r) { r.service_type = "x"; }) == "Default");
  CHECK(without([](Request& r) { r.host = "x"; }) == "Default");
  CHECK(without([](Request& r) { r.http_method = "x"; }) == "Default");
  CHECK(without([](Request& r) { r.url_path = "x"; }) == "Default");
  CHECK(without([](Request& r) { r.resource_arn = "x"; }) == "Default");
  // Absent, empty and "-" match any pattern; an absent ARN only `*`; an absent attribute never.
  for (const FieldText& nothing : {FieldText{}, FieldText{""}, FieldText{"-"}}) {
    CHECK(without([&](Request& r) { r.service_name = nothing; }) == "r");
    CHECK(without([&](Request& r) { r.service_type = nothing; }) == "r");
    CHECK(without([&](Request& r) { r.host = nothing; }) == "r");
    CHECK(without([&](Request& r) { r.http_method = nothing; }) == "r");
    CHECK(without([&](Request& r) { r.url_path = nothing; }) == "r");
    CHECK(without([&](Request& r) { r.resource_arn = nothing; }) == "Default");
  }
  CHECK(without([&](Request& r) { r.attributes = {}; }) == "Default");
  const Attribute wrong_key[] = {{"Tier", "gold"}};
  CHECK(without([&](Request& r) { r.attributes = wrong_key; }) == "Default");
  const Attribute wrong_value[] = {{"tier", "silver"}};
  CHECK(without([&](Request& r) { r.attributes = wrong_value; }) == "Default");
}

TEST_CASE("rule set: a rule for any resource also takes requests without one") {
  RuleSpec star = rule("star", 1);
  CHECK(selected(make({star}), {}) == "star");
  star.resource_arn = "**";
  CHECK(selected(make({star}), {}) == "Default");
  CHECK(selected(make({star}), {.resource_arn = "arn:x"}) == "star");
}

TEST_CASE("rule set: a name twice is refused") {
  RuleSetBuilder builder;
  builder.add(Rule::from(rule("a", 1)).value()).add(Rule::from(rule("a", 2)).value());
  const auto built = std::move(builder).build();
  REQUIRE_FALSE(built.has_value());
  CHECK(built.error().code == ErrorCode::rule_name_repeated);
  CHECK(built.error().message == "must be given once, got \"a\" twice");
}

TEST_CASE("rule set: every choice of matching changes what is selected") {
  const Request nothing{.service_name = "-"};
  RuleSpec narrow = rule("narrow", 1);
  narrow.service_name = "svc";
  const auto with = [](auto change) {
    Recorder recorder;
    change(recorder.match);
    return recorder;
  };
  CHECK(selected(make({narrow}), nothing) == "narrow");
  CHECK(selected(make({narrow}, with([](MatchChoices& c) { c.blank_text = BlankText::is_text; })),
                 nothing) == "Default");
  RuleSpec of_nothing = rule("of nothing", 1);
  of_nothing.resource_arn = "";
  const Recorder empty_arn =
      with([](MatchChoices& c) { c.blank_text = BlankText::is_text_except_arn; });
  const Request empty{.service_name = "", .resource_arn = ""};
  CHECK(selected(make({of_nothing}, empty_arn), empty) == "Default");
  CHECK(selected(make({narrow}, empty_arn), empty) == "Default");
  const Recorder empty_text = with([](MatchChoices& c) { c.blank_text = BlankText::is_text; });
  CHECK(selected(make({of_nothing}, empty_text), empty) == "of nothing");
  const Recorder only_star =
      with([](MatchChoices& c) { c.absent_field.fill(AbsentField::matches_only_star); });
  CHECK(selected(make({narrow}, only_star), nothing) == "Default");
  CHECK(selected(make({rule("wide", 1)}, only_star), nothing) == "wide");
  CHECK(selected(make({rule("wide", 1)}, with([](MatchChoices& c) {
                        c.absent_field.fill(AbsentField::matches_none);
                      })),
                 nothing) == "Default");

  RuleSpec arn = rule("arn", 1);
  arn.resource_arn = "arn:*";
  const Request with_arn{.resource_arn = "arn:1"};
  CHECK(selected(make({arn}), with_arn) == "arn");
  const Recorder no_arn = with([](MatchChoices& c) { c.resource_arn = RuleFeature::rule_ignored; });
  const RuleSet ignoring = make({arn}, no_arn);
  CHECK(selected(ignoring, with_arn) == "Default");
  REQUIRE(ignoring.ignored().size() == 1);
  CHECK(ignoring.ignored()[0].rule.name() == "arn");
  CHECK(selected(make({arn}, with([](MatchChoices& c) {
                        c.absent_field.fill(AbsentField::matches_any_pattern);
                      })),
                 {}) == "arn");

  RuleSpec attribute = rule("attribute", 1);
  attribute.attributes = {{"k", "v"}};
  const Attribute have[] = {{"k", "V"}};
  CHECK(selected(make({attribute}), {.attributes = have}) == "attribute");
  CHECK(selected(make({attribute},
                      with([](MatchChoices& c) { c.attributes = RuleFeature::rule_ignored; })),
                 {.attributes = have}) == "Default");
  CHECK(selected(make({attribute}, with([](MatchChoices& c) {
                        c.absent_attribute = AbsentField::matches_any_pattern;
                      })),
                 {}) == "attribute");
  CHECK(selected(make({attribute}, with([](MatchChoices& c) {
                        c.literal_letter_case = c.wildcard_letter_case = LetterCase::exact;
                      })),
                 {.attributes = have}) == "Default");

  RuleSpec version = rule("version", 1);
  version.version = 2;
  CHECK(selected(make({version}), {}) == "version");
  CHECK(selected(make({version},
                      with([](MatchChoices& c) { c.other_version = RuleFeature::rule_ignored; })),
                 {}) == "Default");

  const std::vector<RuleSpec> tied = {rule("b", 1), rule("a", 1), rule("Default", 0)};
  CHECK(names(make(tied)) == std::vector<std::string>{"a", "b", "Default"});
  CHECK(names(make(tied, with([](MatchChoices& c) {
                     c.priority_tie = PriorityTie::by_position;
                   }))) == std::vector<std::string>{"b", "a", "Default"});
  const RuleSet sorted =
      make(tied, with([](MatchChoices& c) { c.default_place = DefaultPlace::by_priority; }));
  CHECK(names(sorted) == std::vector<std::string>{"Default", "a", "b"});
  CHECK(sorted.fallback_index() == 0);
}

TEST_CASE("rule set: random rules and requests against the oracle") {
  Random random;
  INFO("seed " << Random::default_seed());
  const char* patterns[] = {"*", "*",    "*",  "a", "A*",        "*b",
                            "?", "a?b*", "**", "",  "\xC3\xA9*", "*a*b*"};
  const char* texts[] = {"a", "B", "ab", "axb", "", "-", "\xC3\x89z", "a*b", "b\na", "aab"};
  const auto pick = [&](const auto& list) { return list[random.below(std::size(list))]; };
  std::size_t custom = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<RuleSpec> specs;
    for (std::size_t n = random.below(12); n > 0; --n) {
      RuleSpec spec =
          rule((random.chance(0.2) ? "\xC3\xA9" : random.text("abC", 3)) + std::to_string(n),
               static_cast<std::int64_t>(random.below(4)));
      spec.service_name = pick(patterns);
      spec.service_type = pick(patterns);
      spec.host = pick(patterns);
      spec.http_method = pick(patterns);
      spec.url_path = pick(patterns);
      if (random.chance(0.2)) spec.resource_arn = pick(patterns);
      if (random.chance(0.2)) spec.attributes = {{"k", pick(patterns)}};
      if (random.chance(0.05)) spec.attributes.push_back({"l", pick(patterns)});
      specs.push_back(spec);
    }
    if (random.chance(0.3)) specs.push_back(rule("Default", 1));
    const RuleSet rules = make(specs);
    for (int i = 0; i < 100; ++i) {
      Request request;
      const auto maybe = [&](FieldText& field) {
        if (random.chance(0.8)) field = pick(texts);
      };
      maybe(request.service_name);
      maybe(request.service_type);
      maybe(request.host);
      maybe(request.http_method);
      maybe(request.url_path);
      maybe(request.resource_arn);
      const Attribute attributes[] = {{"k", pick(texts)}, {"l", pick(texts)}};
      request.attributes = std::span(attributes).first(random.below(3));
      const std::string expected = oracle::selected(specs, request);
      if (expected != "Default") ++custom;
      REQUIRE(selected(rules, request) == expected);
    }
  }
  CHECK(custom > 5000);
}

TEST_CASE("rule set: fields longer than the scratch are matched all the same") {
  RuleSpec spec = rule("long", 1);
  spec.url_path = "/X*/end";
  spec.host = "*.example";
  const RuleSet rules = make({spec});
  const std::string path = "/x" + std::string(5000, 'y') + "/END";
  const std::string host = std::string(3000, 'h') + ".Example";
  CHECK(selected(rules, {.host = host, .url_path = path}) == "long");
  CHECK(selected(rules, {.host = host, .url_path = path + "z"}) == "Default");
}
