#include <dosimeter/matcher.h>

#include "tests/engine/random_requests.h"
#include "tests/engine/random_rules.h"
#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

/// Rules, and requests aimed at them.
struct Case {
  RuleSet rules;
  std::deque<OwnedRequest> requests;
};

std::vector<Case> random_cases(Random& random) {
  std::vector<Case> cases;
  const std::vector<RecorderKind> recorders = recorder_kinds();
  for (const std::size_t size : {0U, 1U, 5U, 25U, 25U, 64U, 65U, 255U, 256U, 257U, 400U, 800U}) {
    for (int copies = 0; copies < 3; ++copies) {
      const RecorderKind& recorder = recorders[random.below(recorders.size())];
      RandomPatterns patterns(random);
      const RuleMix mix = RuleMix::random(random, recorder.kind);
      const std::vector<RuleSpec> specs = random_rules(random, patterns, size, mix);
      std::optional<RuleSet> rules = compiled(specs, recorder);
      if (!rules) continue;
      cases.push_back({*std::move(rules), {}});
      RandomRequests requests(random, patterns, 300);
      for (int i = 0; i < 60 && !specs.empty(); ++i) {
        cases.back().requests.push_back(requests.aimed_at(specs[random.below(specs.size())]));
      }
      cases.back().requests.push_back({});
    }
  }
  return cases;
}

/// Requests of any case, known and new, against what RuleSet::match says. How many had a rule.
std::size_t check(Random& random, const std::vector<Case>& cases, Matcher& matcher,
                  std::size_t count) {
  MatchScratch scratch;
  std::size_t found = 0;
  const Case* last = &cases[0];
  for (std::size_t i = 0; i < count; ++i) {
    if (random.chance(0.1)) last = &cases[random.below(cases.size())];
    OwnedRequest request = last->requests[random.below(last->requests.size())];
    // The same text in another field: what is remembered is of one.
    if (random.chance(0.2)) std::swap(request.fields[random.below(6)], request.fields[0]);
    const RequestView view(request);
    const RuleIndex expected = matcher.rules().match(view.request(), scratch);
    const std::size_t allocations = allocation_count();
    const RuleIndex got = matcher.match(view.request());
    if (allocation_count() != allocations) FAIL("a match allocates");
    if (got != expected) {
      FAIL(matcher.rules().recorder().name << ", " << matcher.rules().rules().size() << " rules, "
                                           << described(view.request()) << ": expected " << expected
                                           << ", got " << got);
    }
    found += !matcher.rules().is_stand_in(got);
  }
  return found;
}

/// As check(), where the requests are those of the rules.
std::size_t check_own(Random& random, const Case& one, Matcher& matcher, std::size_t count) {
  return check(random, {one}, matcher, count);
}

}  // namespace

TEST_CASE("matcher: finds what its rules do, for texts known and new") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  std::size_t found = 0;
  for (const Case& one : cases) {
    Matcher matcher(one.rules);
    found += check_own(random, one, matcher, 200);
    check(random, cases, matcher, 100);
  }
  CHECK(found > 2000);
}

TEST_CASE("matcher: asks other rules when it is given them, without allocating") {
  Random random(Random::default_seed() + 1);
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  Matcher matcher(cases[0].rules);
  for (int swap = 0; swap < 200; ++swap) {
    const Case& one = cases[random.below(cases.size())];
    RuleSet rules = one.rules;
    const std::size_t allocations = allocation_count();
    matcher.set_rules(std::move(rules));
    CHECK(allocation_count() == allocations);
    check_own(random, one, matcher, 40);
    // Requests that rules before and after are asked alike.
    check(random, cases, matcher, 20);
  }
}

namespace {

/// Paths of few tokens, ids among them, so that many have one skeleton and their neighbours
/// another.
class Paths {
 public:
  explicit Paths(Random& random) : random_(random) {}

  std::string path() {
    std::string made = random_.chance(0.95) ? "/" : "";
    for (std::size_t left = 1 + random_.below(5); left > 0; --left) {
      made += token();
      if (left > 1 || random_.chance(0.15)) made += '/';
    }
    return made;
  }

  std::string pattern() {
    std::string made = path();
    for (std::size_t left = random_.below(4); left > 0; --left) {
      const std::size_t at = random_.below(made.size() + 1);
      const std::size_t length = std::min(random_.below(5), made.size() - at);
      made.replace(at, length, random_.chance(0.7) ? "*" : "?");
    }
    return made;
  }

  /// What may differ by its skeleton alone, or not by that.
  std::string near(std::string text) {
    if (text.empty()) return path();
    const std::size_t at = random_.below(text.size());
    switch (random_.below(7)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, digit());
        break;
      case 2:
        text[at] = '/';
        break;
      case 3:
        text[at] = static_cast<char>(text[at] ^ 0x20);
        break;
      default:
        if (text[at] != '/') text[at] = digit();
    }
    return text;
  }

 private:
  char digit() { return static_cast<char>('0' + random_.below(10)); }
  std::string token() {
    static const std::vector<std::string> kTokens = {
        "api", "v1", "v2", "users", "orders", "", "4711", "42", "a1-2", "x", "12.css", "-1-"};
    if (random_.chance(0.3)) return std::to_string(random_.below(100'000));
    return kTokens[random_.below(kTokens.size())];
  }

  Random& random_;
};

}  // namespace

TEST_CASE("matcher: paths of one skeleton and of near ones, one after the other") {
  Random random(Random::default_seed() + 3);
  INFO("seed " << Random::default_seed());
  const std::vector<RecorderKind> recorders = recorder_kinds();
  const std::vector<std::string> services = {"a", "b", "c", "shop-api", "shop-web"};
  const std::vector<std::string> methods = {"GET", "PUT", "POST"};
  std::size_t found = 0;
  std::size_t asked = 0;
  for (std::size_t round = 0; round < 24 * test_dose(); ++round) {
    const RecorderKind& recorder =
        round % 3 == 0 ? recorders[0] : recorders[random.below(recorders.size())];
    Paths paths(random);
    std::vector<RuleSpec> specs;
    const std::size_t distinct = 10 + random.below(80);
    std::vector<std::string> patterns;
    while (patterns.size() < distinct) patterns.push_back(paths.pattern());
    for (std::size_t i = 0; i < 150 + random.below(100); ++i) {
      specs.push_back(numbered_rule(i));
      RuleSpec& spec = specs.back();
      if (random.chance(0.9)) spec.url_path = patterns[random.below(patterns.size())];
      if (random.chance(0.8)) spec.service_name = services[random.below(services.size())];
      if (random.chance(0.1)) spec.service_name = "shop-*";
      if (random.chance(0.4)) spec.http_method = methods[random.below(methods.size())];
      if (random.chance(0.2)) spec.host = random.chance(0.5) ? "*.eu" : "h?.*";
      if (random.chance(0.05)) spec.attributes.push_back({"k", "v*"});
    }
    CheckedRules rules(specs, recorder);
    if (rules.refused()) continue;
    Matcher matcher(rules.rules());
    std::string path = "/";
    for (int i = 0; i < 400; ++i) {
      path = random.chance(0.15)  ? paths.path()
             : random.chance(0.1) ? patterns[random.below(patterns.size())]
                                  : paths.near(path);
      for (char& c : path) c = c == '*' && random.chance(0.9) ? '7' : c;
      OwnedRequest request;
      if (random.chance(0.97)) request.field(Field::url_path) = path;
      request.field(Field::service_name) = services[random.below(services.size())];
      if (random.chance(0.9)) request.field(Field::http_method) = methods[random.below(3)];
      if (random.chance(0.8)) request.field(Field::host) = random.chance(0.5) ? "h1.eu" : "x.us";
      if (random.chance(0.1)) request.attributes.push_back({"k", "v1", AttributeType::text});
      const RequestView view(request);
      const std::string expected = rules.expected(view.request());
      const std::string got = rules.rules().rules()[matcher.match(view.request())].name();
      if (got != expected) {
        FAIL(recorder.name() << ", " << described(view.request()) << ": expected " << expected
                             << ", got " << got);
      }
      ++asked;
      found += expected != kDefaultRuleName;
    }
  }
  CHECK(found * 3 > asked);
}

TEST_CASE("matcher: what a request is asked with is forgotten for what it is asked next") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::vector<RuleSpec> specs;
  for (int i = 0; i < 400; ++i) {
    const std::string number = std::to_string(i % 50);
    specs.push_back({.name = "rule-" + std::to_string(i),
                     .priority = i + 1,
                     .service_name = "service-" + number,
                     .host = i % 3 == 0 ? "*-" + std::to_string(i % 7) : "*",
                     .http_method = i % 2 == 0 ? "GET" : "*",
                     .url_path = "/" + std::string(1, static_cast<char>('a' + i / 50)) + "*"});
  }
  const std::optional<RuleSet> rules = compiled(specs, recorder_kinds()[0]);
  REQUIRE(rules);
  Matcher matcher(*rules);
  MatchScratch scratch;
  const auto word = [&] {
    std::string made;
    for (int i = 0; i < 9; ++i) made += static_cast<char>('a' + random.below(10));
    return made;
  };
  // Of all places of the memo one is taken for each new path and host: now and then that which has
  // just been looked at.
  for (std::size_t i = 0; i < 30'000 * test_dose(); ++i) {
    const std::string service = "service-" + std::to_string(random.below(50));
    const std::string host = word() + "-" + std::to_string(random.below(7));
    const std::string path = "/" + word() + "/1";
    const Request request = {
        .service_name = service, .host = host, .http_method = "GET", .url_path = path};
    const RuleIndex expected = rules->match(request, scratch);
    const RuleIndex got = matcher.match(request);
    if (got != expected) {
      FAIL(described(request) << ": expected " << expected << ", got " << got);
    }
  }
}

TEST_CASE("matcher: one that was moved, moved from, and assigned to") {
  Random random(Random::default_seed() + 2);
  INFO("seed " << Random::default_seed());
  const std::vector<Case> cases = random_cases(random);
  std::vector<Matcher> matchers;
  for (const Case& one : cases) matchers.emplace_back(one.rules);  // moves them as it grows
  for (int round = 0; round < 100; ++round) {
    const std::size_t from = random.below(matchers.size());
    const std::size_t to = random.below(matchers.size());
    if (from == to) continue;
    check(random, cases, matchers[from], 10);
    Matcher kept = std::move(matchers[from]);
    matchers[from] = std::move(matchers[to]);
    matchers[to] = std::move(kept);
    check(random, cases, matchers[from], 20);
    check(random, cases, matchers[to], 20);
  }
  {
    Matcher source(cases[1].rules);
    const Matcher taken = std::move(source);
    CHECK(taken.rules().rules().data() == cases[1].rules.rules().data());
  }  // both are destroyed
}
