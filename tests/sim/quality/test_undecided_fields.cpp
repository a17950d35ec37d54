#include "sim/quality/undecided_fields.h"
#include "tests/engine/random_rules.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

Rule rule(RuleSpec spec) {
  return Rule::from(std::move(spec)).value();
}

FieldBits undecided(const RuleSet& rules, const Request& request) {
  MatchScratch scratch;
  return UndecidedFields(rules).undecided(request, rules.match(request, scratch), scratch);
}

/// The first rule of a set whose patterns, but for one field, take the request, by asking a set of
/// that rule alone.
bool takes(const RuleSet& rules, const Rule& asked, const Request& request) {
  const RuleSet alone = RuleSetBuilder(rules.recorder(), rules.kind()).add(asked).build().value();
  MatchScratch scratch;
  return alone.rules()[alone.match(request, scratch)].name() == asked.name();
}

}  // namespace

TEST_CASE("undecided fields: only where a rule that asks comes before one that is sure") {
  const RuleSet rules =
      RuleSetBuilder()
          .add(rule({.name = "sure", .priority = 1, .url_path = "/health"}))
          .add(rule({.name = "hosts", .priority = 2, .host = "api.*", .url_path = "/v1/*"}))
          .add(rule({.name = "posts", .priority = 3, .http_method = "POST"}))
          .add(rule({.name = "rest", .priority = 4}))
          .add(rule({.name = "never", .priority = 5, .service_type = "AWS::EC2::Instance"}))
          .build()
          .value();
  const FieldBits host = bit_of(Field::host);
  const FieldBits method = bit_of(Field::http_method);
  const FieldBits type = bit_of(Field::service_type);
  CHECK(UndecidedFields(rules).asked() == (host | method | type | bit_of(Field::url_path)));
  CHECK(undecided(rules, {.url_path = "/health"}) == 0);
  CHECK(undecided(rules, {.http_method = "GET", .url_path = "/v1/x"}) == host);
  CHECK(undecided(rules, {.host = "www", .url_path = "/v1/x"}) == method);
  CHECK(undecided(rules, {.host = "api.x", .url_path = "/v1/x"}) == 0);
  CHECK(undecided(rules, {.http_method = "GET", .url_path = "/v2"}) == 0);
  CHECK(undecided(rules, {.host = "api.x", .http_method = "GET"}) == bit_of(Field::url_path));
  // The rule that asks for the service's type comes after one that takes everything.
  CHECK((undecided(rules, {.host = "a", .http_method = "PUT", .url_path = "/"}) & type) == 0);
}

TEST_CASE("undecided fields: a Default takes every request, whatever stands in it") {
  const RuleSet rules =
      RuleSetBuilder().add(rule({.name = "Default", .host = "api.*"})).build().value();
  CHECK(UndecidedFields(rules).asked() == 0);
  CHECK(undecided(rules, {}) == 0);
}

TEST_CASE("undecided fields: as by asking each rule alone, under every recorder") {
  Random random(Random::default_seed());
  for (int round = 0; round < 400; ++round) {
    const auto all = recorders();
    const Recorder& recorder = all[random.below(all.size())];
    test::RandomPatterns patterns(random);
    std::vector<RuleSpec> specs = test::random_rules(
        random, patterns, 1 + random.below(6), test::RuleMix::random(random, RuleKind::central));
    RuleSetBuilder builder(recorder);
    for (RuleSpec& spec : specs) builder.add(rule(std::move(spec)));
    auto built = std::move(builder).build();
    if (!built) continue;
    const RuleSet rules = std::move(built).value();
    const UndecidedFields fields(rules);
    MatchScratch scratch;
    for (int n = 0; n < 10; ++n) {
      std::string texts[kFieldCount];
      for (std::string& text : texts) text = patterns.text();
      Request request{.service_name = texts[0],
                      .host = texts[2],
                      .http_method = texts[3],
                      .url_path = texts[4]};
      const auto left_out = static_cast<std::size_t>(random.below(kFieldCount));
      const Field field = kFields[left_out];
      constexpr FieldText Request::*kMembers[] = {&Request::service_name, &Request::service_type,
                                                  &Request::host,         &Request::http_method,
                                                  &Request::url_path,     &Request::resource_arn};
      request.*kMembers[left_out] = std::nullopt;
      Request with = request;
      with.*kMembers[left_out] = "x";

      // From the first rule on that takes the request but for the field: undecided unless it takes
      // every text of the field.
      bool expected = false;
      for (RuleIndex i = 0; i < rules.rules().size(); ++i) {
        if (i == rules.fallback_index()) break;
        const Rule& each = rules.rules()[i];
        const bool open = each.pattern(field).find_first_not_of('*') == std::string::npos &&
                          !each.pattern(field).empty();
        RuleSpec spec{
            .name = each.name(),
            .service_name = each.pattern(Field::service_name),
            .service_type = each.pattern(Field::service_type),
            .host = each.pattern(Field::host),
            .http_method = each.pattern(Field::http_method),
            .url_path = each.pattern(Field::url_path),
            .resource_arn = each.pattern(Field::resource_arn),
            .attributes = each.attributes(),
            .lacks_attributes = each.lacks_attributes(),
            .lacks_service_type = each.lacks_service_type() && field != Field::service_type};
        constexpr std::string RuleSpec::*kPatterns[] = {
            &RuleSpec::service_name, &RuleSpec::service_type, &RuleSpec::host,
            &RuleSpec::http_method,  &RuleSpec::url_path,     &RuleSpec::resource_arn};
        spec.*kPatterns[left_out] = "*";
        if (!takes(rules, rule(std::move(spec)), with)) continue;
        expected = !open;
        break;
      }
      CAPTURE(round, n, recorder.name, field_name(field));
      CHECK(((fields.undecided(request, rules.match(request, scratch), scratch) & bit_of(field)) !=
             0) == expected);
    }
  }
}
