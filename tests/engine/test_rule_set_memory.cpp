#include <dosimeter/sampler.h>

#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;

/// What compiled rules and a Decider may hold, whatever requests come.
namespace {

constexpr std::int64_t kMiB = 1024 * 1024;
constexpr std::size_t kRules = 10'000;

/// Of services, hosts and paths as large fleets have them: numbered words, a good many of them.
class Fleet {
 public:
  explicit Fleet(Random& random) : random_(random) {}

  std::string service() {
    constexpr std::array<const char*, 4> kKinds = {"-api", "-web", "-store", "-jobs"};
    std::string name = word(100);
    return name += kKinds[random_.below(kKinds.size())];
  }
  std::string path_pattern() {
    const double shape = random_.unit();
    std::string first = word(150);
    std::string second = word(150);
    if (shape < 0.35) return "/api/v1/" + first + "/*";
    if (shape < 0.45) return "/api/*/" + first + "/*";
    if (shape < 0.55) return "*/" + first + "/*/" + second + "/?";
    if (shape < 0.70) return "/api/v1/" + first + "/" + second;
    if (shape < 0.80) return "*/" + first + ".json";
    return "*";
  }
  Rule rule(std::size_t number) {
    RuleSpec spec;
    spec.name = "rule-" + std::to_string(number);
    spec.priority = static_cast<std::int64_t>(1 + number / 2);
    spec.fixed_rate = 0.1;
    const double service_shape = random_.unit();
    if (service_shape < 0.60) spec.service_name = service();
    if (service_shape >= 0.85) spec.service_name = word(100) + "-*";
    if (random_.chance(0.125)) spec.host = service() + "-*.example.com";
    if (random_.chance(0.25)) spec.http_method = random_.chance(0.5) ? "GET" : "POST";
    spec.url_path = path_pattern();
    return Rule::from(spec).value();
  }
  /// Never the same.
  std::string host(std::size_t number) {
    return service() + "-" + std::to_string(number) + ".eu-west-1.example.com";
  }
  std::string path(std::size_t number) {
    std::string made = "/api/v1/" + word(150);
    made += "/" + std::to_string(number) + "/";
    return made += word(150);
  }

 private:
  std::string word(std::size_t count) { return "word" + std::to_string(random_.below(count)); }

  Random& random_;
};

std::vector<Rule> typical_rules(Random& random) {
  Fleet fleet(random);
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < kRules; ++i) rules.push_back(fleet.rule(i));
  return rules;
}

/// What a new Decider holds.
std::pair<Decider, std::int64_t> decider_and_its_bytes(Sampler& sampler) {
  const std::int64_t before = held_bytes();
  Decider decider = sampler.decider();
  const std::int64_t bytes = held_bytes() - before;
  return {std::move(decider), bytes};
}

}  // namespace

TEST_CASE("memory: 10,000 rules compile into at most 16 MiB") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<Rule> rules = typical_rules(random);
  std::int64_t held = 0;
  std::size_t count = 0;
  const std::int64_t before = held_bytes();
  {
    const RuleSet compiled = RuleSetBuilder().add(rules).build().value();
    held = held_bytes() - before;
    count = compiled.rules().size();
  }
  const std::int64_t after = held_bytes();
  CHECK(after == before);
  CHECK(held <= 16 * kMiB);
  CHECK(held > kMiB);  // or nothing is counted
  CHECK(count == kRules + 1);
}

TEST_CASE("memory: a Decider holds at most 256 KiB and 24 bytes a rule, whatever it sees") {
  Random random;
  INFO("seed " << Random::default_seed());
  Sampler sampler(RuleSetBuilder().add(typical_rules(random)).build().value());
  constexpr std::int64_t kAllowed = 256 * 1024 + 24 * std::int64_t{kRules + 1};
  auto [decider, bytes] = decider_and_its_bytes(sampler);
  CHECK(bytes <= kAllowed);
  CHECK(bytes > 24 * std::int64_t{kRules});

  Fleet fleet(random);
  const std::string method = "GET";
  std::size_t changes = 0;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const std::string service = fleet.service();
    const std::string host = fleet.host(i);
    const std::string path = fleet.path(i);
    const Request request{
        .service_name = service, .host = host, .http_method = method, .url_path = path};
    const std::int64_t held = held_bytes();
    const std::size_t allocations = allocation_count();
    (void)decider.decide(request, TimePoint{}, 0.5);
    changes += held_bytes() != held || allocation_count() != allocations;
  }
  CHECK(changes == 0);
  CHECK(decider_and_its_bytes(sampler).second <= kAllowed);
}

TEST_CASE("memory: a Sampler gives back what its rules and Deciders held") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<Rule> rules = typical_rules(random);
  std::int64_t more = 0;
  const std::int64_t before = held_bytes();
  {
    Sampler sampler(RuleSetBuilder().add(rules).build().value());
    Decider decider = sampler.decider();
    const std::int64_t held = held_bytes();
    for (int swap = 0; swap < 6; ++swap) {
      sampler.swap_rules(RuleSetBuilder().add(rules).build().value());
      (void)decider.decide({.url_path = "/"}, TimePoint{}, 0.5);
    }
    more = held_bytes() - held;
  }
  const std::int64_t after = held_bytes();
  CHECK(after == before);
  // Two sets: the first is held by the Sampler's own Deciders, none of which has decided since, and
  // the last but one is freed by the next swap.
  CHECK(more <= 2 * 16 * kMiB);
}
