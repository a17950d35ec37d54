#include <dosimeter/explanation.h>

#include "tests/oracle/pattern_oracle.h"
#include "tests/oracle/selection_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>
#include <vector>

using namespace dosimeter;

namespace {

RuleSet make(const std::vector<RuleSpec>& specs, const Recorder& recorder = kDocumentedRecorder,
             RuleKind kind = RuleKind::central) {
  RuleSetBuilder builder(recorder, kind);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

/// The rule that explain() and match() find, in the words of the oracle.
std::string selected(const std::vector<RuleSpec>& specs, const Recorder& recorder, RuleKind kind,
                     const Request& request) {
  RuleSetBuilder builder(recorder, kind);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  const auto built = std::move(builder).build();
  if (!built) {
    CHECK(built.error().code == ErrorCode::rules_refused_by_recorder);
    return "(error)";
  }
  const RuleSet& rules = built.value();
  const Explanation explanation = explain(rules, request);
  if (explanation.broken) return "(error)";
  MatchScratch scratch;
  CHECK(rules.match(request, scratch) == explanation.selected.value_or(rules.fallback_index()));
  return explanation.selected ? rules.rules()[*explanation.selected].name() : "(none)";
}

/// Patterns and texts on which recorders disagree.
const char* const kPatterns[] = {"*",     "*",  "*",     "**",   "",         "a",
                                 "A*",    "*b", "?",     "a?b*", "/",        "\xC3\xA9*",
                                 "*a*b*", "??", "a*\nb", "-",    "\xC4\xB0*"};
const char* const kTexts[] = {"a",
                              "B",
                              "ab",
                              "axb",
                              "",
                              "-",
                              "/",
                              "\xC3\x89z",
                              "a*b",
                              "b\na",
                              "aab",
                              "\xC4\xB0"
                              "b"};

class RandomCase {
 public:
  RandomCase(Random& random, bool local) : random_(random), local_(local) {}

  std::vector<RuleSpec> rules() {
    std::vector<RuleSpec> specs;
    for (std::size_t n = random_.below(6); n > 0; --n) {
      RuleSpec spec;
      spec.name = "r" + std::to_string(random_.below(1000)) + "x" + std::to_string(n);
      spec.priority = static_cast<std::int64_t>(random_.below(4));
      fill(spec);
      specs.push_back(spec);
    }
    if (random_.chance(0.5)) {
      RuleSpec spec;
      spec.name = "Default";
      spec.priority = random_.chance(0.5) ? 10000 : 1;
      if (random_.chance(0.3)) fill(spec);
      specs.insert(specs.begin() + static_cast<std::ptrdiff_t>(random_.below(specs.size() + 1)),
                   spec);
    }
    return specs;
  }

  Request request() {
    Request request;
    const auto maybe = [&](FieldText& field) {
      if (random_.chance(0.7)) field = pick(kTexts);
    };
    if (random_.chance(0.05)) return request;
    maybe(request.host);
    maybe(request.http_method);
    maybe(request.url_path);
    maybe(request.service_name);
    maybe(request.service_type);
    maybe(request.resource_arn);
    attributes_[0] = {"k", pick(kTexts)};
    attributes_[1] = {"l", "42", random_.chance(0.5) ? AttributeType::other : AttributeType::text};
    request.attributes = std::span<const Attribute>(attributes_).first(random_.below(3));
    return request;
  }

 private:
  template <typename List>
  const char* pick(const List& list) {
    return list[random_.below(std::size(list))];
  }

  void fill(RuleSpec& spec) {
    spec.host = pick(kPatterns);
    spec.http_method = pick(kPatterns);
    spec.url_path = pick(kPatterns);
    if (local_) return;
    spec.service_name = pick(kPatterns);
    spec.service_type = pick(kPatterns);
    if (random_.chance(0.2)) spec.resource_arn = pick(kPatterns);
    if (random_.chance(0.2)) spec.attributes = {{"k", pick(kPatterns)}};
    if (random_.chance(0.1)) spec.attributes.push_back({"l", random_.chance(0.5) ? "42" : "4?"});
    if (random_.chance(0.1)) spec.version = 2;
    if (random_.chance(0.05)) spec.lacks_attributes = spec.attributes.empty();
    if (random_.chance(0.05)) {
      spec.lacks_service_type = true;
      spec.service_type = "*";
    }
  }

  Random& random_;
  bool local_;
  Attribute attributes_[2];
};

}  // namespace

TEST_CASE("explanation: every recorder selects what its choices say") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t rules_selected = 0;
  for (const Recorder& recorder : recorders()) {
    INFO(recorder.name);
    for (const RuleKind kind : {RuleKind::central, RuleKind::local}) {
      if (kind == RuleKind::local && !recorder.local) continue;
      const MatchChoices& choices = recorder.matching(kind);
      const oracle::Selection oracle(choices,
                                     [&](const std::string& pattern, const std::string& text) {
                                       switch (oracle::outcome(pattern, text, choices)) {
                                         case PatternOutcome::matches:
                                           return oracle::Answer::yes;
                                         case PatternOutcome::breaks:
                                           return oracle::Answer::error;
                                         case PatternOutcome::fails:
                                           break;
                                       }
                                       return oracle::Answer::no;
                                     });
      RandomCase cases(random, kind == RuleKind::local);
      for (int round = 0; round < 300; ++round) {
        const std::vector<RuleSpec> specs = cases.rules();
        for (int i = 0; i < 10; ++i) {
          const Request request = cases.request();
          const std::string expected = oracle.of(specs, request);
          if (expected[0] == 'r') ++rules_selected;
          REQUIRE(selected(specs, recorder, kind, request) == expected);
        }
      }
    }
  }
  CHECK(rules_selected > 5000);
}

TEST_CASE("explanation: adot-python breaks on a number wherever it stands, if it begins at all") {
  RuleSpec two;
  two.name = "two";
  two.priority = 1;
  two.attributes = {{"absent", "x"}, {"number", "4*"}};
  const RuleSet rules = make({two}, *find_recorder("adot-python"));
  const Attribute number[] = {{"number", "42", AttributeType::other}};
  // One attribute to two; the host is another.
  CHECK_FALSE(explain(rules, {.attributes = number}).broken.has_value());
  CHECK(explain(rules, {.host = "a", .attributes = number}).broken == RuleIndex{0});
  two.attributes = {{"number", ""}};
  CHECK(explain(make({two}, *find_recorder("adot-python")), {.attributes = number}).broken ==
        RuleIndex{0});
  two.attributes = {{"number", "42"}};
  CHECK_FALSE(explain(make({two}, *find_recorder("adot-python")), {.attributes = number})
                  .broken.has_value());
}

TEST_CASE(
    "explanation: xray-java refuses for a lack of Attributes what it has not left out before") {
  RuleSpec bare;
  bare.name = "bare";
  bare.lacks_attributes = true;
  const auto refused = [&] {
    RuleSetBuilder builder(*find_recorder("xray-java"));
    builder.add(Rule::from(bare).value());
    return !std::move(builder).build();
  };
  CHECK(refused());
  bare.version = 2;
  CHECK_FALSE(refused());
  bare.version = 1;
  bare.resource_arn = "a";
  CHECK_FALSE(refused());
}

TEST_CASE("explanation: shows every rule in order, each field with both texts") {
  RuleSpec login;
  login.name = "login";
  login.priority = 2;
  login.url_path = "/login";
  login.host = "shop*";
  RuleSpec gold;
  gold.name = "gold";
  gold.priority = 1;
  gold.attributes = {{"tier", "gold"}, {"zone", "*"}};
  const RuleSet rules = make({login, gold});
  const Attribute attributes[] = {{"tier", "silver"}};
  const Explanation explanation =
      explain(rules, {.host = "shop:80", .url_path = "/login", .attributes = attributes});

  REQUIRE(explanation.rules.size() == 2);
  CHECK(explanation.selected == RuleIndex{1});
  CHECK_FALSE(explanation.broken.has_value());

  const RuleExplanation& first = explanation.rules[0];
  CHECK(first.verdict == RuleVerdict::fails);
  REQUIRE(first.attributes.size() == 2);
  CHECK(first.attributes[0].comparison == Comparison::failed);
  CHECK(first.attributes[0].text == "silver");
  CHECK(first.attributes[0].pattern == "gold");
  CHECK(first.attributes[1].comparison == Comparison::absent_failed);
  CHECK_FALSE(first.attributes[1].text.has_value());

  const RuleExplanation& second = explanation.rules[1];
  CHECK(second.rule == 1);
  CHECK(second.verdict == RuleVerdict::matches);
  const FieldExplanation& host = second.fields[static_cast<std::size_t>(Field::host)];
  CHECK(host.comparison == Comparison::matched);
  CHECK(host.pattern == "shop*");
  CHECK(host.text == "shop:80");
  const FieldExplanation& service = second.fields[static_cast<std::size_t>(Field::service_name)];
  CHECK(service.comparison == Comparison::absent_matched);
  CHECK_FALSE(service.text.has_value());
}

TEST_CASE("explanation: an absent attribute is what the recorder takes it for") {
  const auto compared = [](const char* pattern, AbsentField absent) {
    RuleSpec gold;
    gold.name = "gold";
    gold.attributes = {{"tier", pattern}};
    Recorder recorder;
    recorder.match.absent_attribute = absent;
    const RuleSet rules = make({gold}, recorder);
    const Explanation explanation = explain(rules, {.url_path = "/"});
    MatchScratch scratch;
    const RuleIndex matched = rules.match({.url_path = "/"}, scratch);
    CHECK(explanation.selected.value_or(rules.fallback_index()) == matched);
    CHECK_FALSE(explanation.rules[0].attributes[0].text.has_value());
    return explanation.rules[0].attributes[0].comparison;
  };
  for (const char* pattern : {"*", "**", "", "/", "?", "gold"}) {
    const std::string own = pattern;
    INFO("pattern \"" << own << "\"");
    const auto expected = [](bool matches) {
      return matches ? Comparison::absent_matched : Comparison::absent_failed;
    };
    const bool stars = own == "*" || own == "**";
    CHECK(compared(pattern, AbsentField::matches_any_pattern) == expected(true));
    CHECK(compared(pattern, AbsentField::matches_only_star) == expected(own == "*"));
    CHECK(compared(pattern, AbsentField::matches_none) == expected(false));
    CHECK(compared(pattern, AbsentField::is_empty_text) == expected(stars || own.empty()));
    CHECK(compared(pattern, AbsentField::is_root_path) ==
          expected(stars || own == "/" || own == "?"));
  }
}

TEST_CASE("explanation: an implicit Default is no rule of the document") {
  RuleSpec login;
  login.name = "login";
  login.url_path = "/login";
  const RuleSet rules = make({login});
  const Explanation explanation = explain(rules, {.url_path = "/"});
  CHECK(explanation.rules.size() == 1);
  CHECK_FALSE(explanation.selected.has_value());

  RuleSpec own;
  own.name = "Default";
  const Explanation with_default = explain(make({login, own}), {.url_path = "/"});
  REQUIRE(with_default.rules.size() == 2);
  CHECK(with_default.selected == RuleIndex{1});
  CHECK(with_default.rules[1].verdict == RuleVerdict::matches_as_default);
}
