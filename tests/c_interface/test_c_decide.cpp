#include <dosimeter/recorder.h>
#include <dosimeter/sampler.h>

#include "tests/c_interface/given_rules.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

/// One rule that takes one a second and then everything, a sampler and a decider of it.
class Given {
 public:
  explicit Given(const std::vector<RuleSpec>& specs, std::string_view recorder = "documented",
                 int kind = DOSIMETER_CENTRAL) {
    dosimeter_rule_set* rule_set = make(specs, nullptr, recorder, kind);
    REQUIRE(dosimeter_sampler_create(rule_set, &sampler) == DOSIMETER_OK);
    dosimeter_rule_set_destroy(rule_set);
    REQUIRE(dosimeter_decider_create(sampler, &decider) == DOSIMETER_OK);
    dosimeter_request_init(&request);
  }
  ~Given() {
    dosimeter_decider_destroy(decider);
    dosimeter_sampler_destroy(sampler);
  }
  Given(const Given&) = delete;

  std::uint64_t requests() {
    dosimeter_statistics* statistics = nullptr;
    REQUIRE(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
    std::uint64_t sum = 0;
    for (size_t i = 0; i < dosimeter_statistics_rule_count(statistics); ++i) {
      dosimeter_rule_statistics rule;
      REQUIRE(dosimeter_statistics_rule(statistics, i, &rule) == DOSIMETER_OK);
      sum += rule.requests;
    }
    dosimeter_statistics_destroy(statistics);
    return sum;
  }

  dosimeter_sampler* sampler = nullptr;
  dosimeter_decider* decider = nullptr;
  dosimeter_request request;
};

std::string random_text(Random& random) {
  return random.chance(0.1) ? std::string() : random.text("aB/*?-", 5);
}

RuleSpec random_rule(Random& random, std::size_t number) {
  RuleSpec spec = named("r" + std::to_string(number), static_cast<std::int64_t>(random.below(4)),
                        random.unit(), static_cast<std::int64_t>(random.below(3)));
  for (std::string* pattern : {&spec.service_name, &spec.service_type, &spec.host,
                               &spec.http_method, &spec.url_path, &spec.resource_arn}) {
    if (random.chance(0.3)) *pattern = random_text(random);
  }
  if (random.chance(0.3)) spec.attributes.push_back({"k", random_text(random)});
  if (random.chance(0.2)) spec.attributes.push_back({"l", random_text(random)});
  spec.lacks_service_type = random.chance(0.05);
  spec.lacks_attributes = spec.attributes.empty() && random.chance(0.05);
  spec.version = random.chance(0.05) ? 2 : 1;
  if (random.chance(0.05)) spec.name = "Default";
  return spec;
}

}  // namespace

TEST_CASE("c decide: a request begins without a field") {
  dosimeter_request request;
  std::fill_n(reinterpret_cast<unsigned char*>(&request), sizeof request, '\x55');
  dosimeter_request_init(&request);
  CHECK(request.size == sizeof request);
  CHECK(request.service_name.data == nullptr);
  CHECK(request.resource_arn.data == nullptr);
  CHECK(request.attributes == nullptr);
  CHECK(request.attribute_count == 0);
  CHECK(request.upstream == DOSIMETER_UPSTREAM_NONE);
  dosimeter_request_init(nullptr);
}

TEST_CASE("c decide: random rules and requests are decided as in C++") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t compared = 0;
  for (int round = 0; round < 300; ++round) {
    const Recorder& recorder = recorders()[random.below(recorders().size())];
    const bool local = recorder.local.has_value() && random.chance(0.5);
    std::vector<RuleSpec> specs;
    for (std::size_t i = random.below(6); i > 0; --i) specs.push_back(random_rule(random, i));
    RuleSetBuilder builder(recorder, local ? RuleKind::local : RuleKind::central);
    for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
    auto built = std::move(builder).build();
    if (!built) continue;  // Default twice, or refused by the recorder
    Sampler sampler(std::move(built).value());
    Decider decider = sampler.decider();
    Given given(specs, recorder.name, local ? DOSIMETER_LOCAL : DOSIMETER_CENTRAL);

    for (int i = 0; i < 60; ++i) {
      std::vector<std::string> texts(6);
      const auto field = [&](std::size_t at) -> FieldText {
        if (random.chance(0.3)) return std::nullopt;
        texts[at] = random_text(random);
        return texts[at];
      };
      std::vector<Attribute> attributes;
      for (std::size_t a = random.below(4); a > 0; --a) {
        attributes.push_back({random.chance(0.5) ? "k" : "l", random.chance(0.5) ? "a" : "B/",
                              random.chance(0.2) ? AttributeType::other : AttributeType::text});
      }
      const Request request{
          .service_name = field(0),
          .service_type = field(1),
          .host = field(2),
          .http_method = field(3),
          .url_path = field(4),
          .resource_arn = field(5),
          .attributes = attributes,
          .upstream = static_cast<UpstreamDecision>(random.chance(0.8) ? 0 : random.below(3))};
      const auto absent_or = [](const FieldText& text) {
        return text ? c_text(*text) : dosimeter_text{nullptr, 3};
      };
      std::vector<dosimeter_attribute> c_attributes;
      for (const Attribute& attribute : attributes) {
        c_attributes.push_back({c_text(attribute.key), c_text(attribute.value),
                                static_cast<uint32_t>(attribute.type)});
      }
      dosimeter_request& asked = given.request;
      asked.service_name = absent_or(request.service_name);
      asked.service_type = absent_or(request.service_type);
      asked.host = absent_or(request.host);
      asked.http_method = absent_or(request.http_method);
      asked.url_path = absent_or(request.url_path);
      asked.resource_arn = absent_or(request.resource_arn);
      asked.attributes = c_attributes.data();
      asked.attribute_count = c_attributes.size();
      asked.upstream = static_cast<uint32_t>(request.upstream);

      const std::int64_t now = static_cast<std::int64_t>(random.below(3'000'000'000)) - 1'000'000;
      const double draw = random.unit();
      const bool own = random.chance(0.5);
      const Decision expected =
          decider.decide(request, TimePoint(std::chrono::nanoseconds(now)), draw);
      dosimeter_decision decision;
      REQUIRE((own ? dosimeter_decider_decide(given.decider, &asked, now, draw, &decision)
                   : dosimeter_sampler_decide(given.sampler, &asked, now, draw, &decision)) ==
              DOSIMETER_OK);
      REQUIRE(decision.rule == expected.rule.value);
      REQUIRE(decision.sampled == (expected.sampled ? 1 : 0));
      REQUIRE(decision.cause == static_cast<int>(expected.cause));
      REQUIRE(decision.probability == expected.probability);
      dosimeter_text name;
      REQUIRE(dosimeter_sampler_rule_name(given.sampler, decision.rule, &name) == DOSIMETER_OK);
      if (expected.rule == kNoRule) {
        REQUIRE(name.data == nullptr);
      } else {
        REQUIRE(words(name) == sampler.rule_name(expected.rule));
      }
      ++compared;
    }
  }
  CHECK(compared > 5000);
}

TEST_CASE("c decide: nothing is allocated or freed") {
  RuleSpec spec = named("r", 1, 0.5, 1);
  spec.url_path = "/a*b?c*";
  spec.attributes = {{"k", "v*"}};
  Given given({spec});
  std::vector<dosimeter_attribute> attributes(DOSIMETER_MAXIMUM_ATTRIBUTES,
                                              {c_text("other"), c_text("w"), 0});
  attributes.back() = {c_text("k"), c_text("value"), DOSIMETER_ATTRIBUTE_TEXT};
  const std::string path = "/a" + std::string(5000, 'b') + "xc";
  dosimeter_decision decision;
  for (const bool with_attributes : {false, true}) {
    given.request.url_path = c_text(path);
    given.request.attributes = with_attributes ? attributes.data() : nullptr;
    given.request.attribute_count = with_attributes ? attributes.size() : 0;
    for (int i = 0; i < 20; ++i) {
      const std::size_t before = allocation_count();
      const std::size_t freed_before = deallocation_count();
      const int codes = dosimeter_decider_decide(given.decider, &given.request, i, 0.5, &decision) |
                        dosimeter_sampler_decide(given.sampler, &given.request, i, 0.5, &decision);
      const std::size_t after = allocation_count();
      const std::size_t freed_after = deallocation_count();
      REQUIRE(codes == DOSIMETER_OK);
      REQUIRE(after == before);
      REQUIRE(freed_after == freed_before);
    }
    // The last of so many attributes was seen.
    dosimeter_text name;
    REQUIRE(dosimeter_sampler_rule_name(given.sampler, decision.rule, &name) == DOSIMETER_OK);
    CHECK(words(name) == (with_attributes ? "r" : "Default"));
  }
}

TEST_CASE("c decide: a wrong call samples nothing and counts nothing") {
  Given given({named("r", 1, 1, 10)});
  const dosimeter_attribute attribute{c_text("k"), c_text("v"), DOSIMETER_ATTRIBUTE_TEXT};
  const auto refused = [&](const dosimeter_request& request, double draw) {
    int first = DOSIMETER_OK;
    for (const bool own : {true, false}) {
      dosimeter_decision decision{1, 1, 1, 1};
      const int code = own ? dosimeter_decider_decide(given.decider, &request, 0, draw, &decision)
                           : dosimeter_sampler_decide(given.sampler, &request, 0, draw, &decision);
      CHECK(decision.rule == DOSIMETER_NO_RULE);
      CHECK(decision.sampled == 0);
      CHECK(decision.cause == DOSIMETER_CAUSE_NONE);
      CHECK(decision.probability == 0);
      if (own) first = code;
      CHECK(code == first);
    }
    return first;
  };
  for (const double draw : {1.0, -0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    CHECK(refused(given.request, draw) == DOSIMETER_BAD_ARGUMENT);
  }
  dosimeter_request request = given.request;
  request.upstream = 3;
  CHECK(refused(request, 0.5) == DOSIMETER_BAD_ARGUMENT);
  request = given.request;
  request.attribute_count = 1;
  CHECK(refused(request, 0.5) == DOSIMETER_BAD_ARGUMENT);
  const std::vector<dosimeter_attribute> many(DOSIMETER_MAXIMUM_ATTRIBUTES + 1, attribute);
  request.attributes = many.data();
  request.attribute_count = many.size();
  CHECK(refused(request, 0.5) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_attribute odd = attribute;
  odd.type = 2;
  request.attributes = &odd;
  request.attribute_count = 1;
  CHECK(refused(request, 0.5) == DOSIMETER_BAD_ARGUMENT);
  for (const size_t size : {size_t{0}, sizeof request - 1, sizeof request + 8}) {
    request = given.request;
    request.size = size;
    CHECK(refused(request, 0.5) == DOSIMETER_UNKNOWN_STRUCT_SIZE);
  }

  dosimeter_decision decision{1, 1, 1, 1};
  CHECK(dosimeter_decider_decide(nullptr, &given.request, 0, 0.5, &decision) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(decision.sampled == 0);
  decision.sampled = 1;
  CHECK(dosimeter_sampler_decide(nullptr, &given.request, 0, 0.5, &decision) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(decision.sampled == 0);
  decision.sampled = 1;
  CHECK(dosimeter_decider_decide(given.decider, nullptr, 0, 0.5, &decision) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(decision.sampled == 0);
  CHECK(dosimeter_decider_decide(given.decider, &given.request, 0, 0.5, nullptr) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_decide(given.sampler, &given.request, 0, 0.5, nullptr) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(given.requests() == 0);

  for (const std::int64_t now : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                 std::numeric_limits<std::int64_t>::max()}) {
    CHECK(dosimeter_decider_decide(given.decider, &given.request, now, 0, &decision) ==
          DOSIMETER_OK);
  }
  CHECK(given.requests() == 3);
}
