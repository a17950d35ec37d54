#include "bench/traffic.h"

#include <dosimeter/pattern.h>

#include "tests/support/random.h"

namespace dosimeter::bench {
namespace {

constexpr std::uint64_t kRuleSeed = 7;
constexpr std::uint64_t kRequestSeed = 11;

std::string service(std::size_t number) {
  return "svc-" + std::to_string(number);
}

/// The path pattern of rule `number`: shapes in the shares that rule files have.
std::string path_pattern(std::size_t number, Random& random) {
  const std::string version = "/api/v" + std::to_string(number % 3 + 1);
  const std::string name = "/things" + std::to_string(number % 97);
  const double shape = random.unit();
  if (shape < 0.35) return version + name + "/*";
  if (shape < 0.45) return "/api/*" + name + "/*";
  if (shape < 0.55) return "*" + name + "/*/items/?";
  if (shape < 0.70) return version + name;
  if (shape < 0.80) return "*.ext" + std::to_string(number % 31);
  return "*";
}

}  // namespace

RuleSet make_rules(std::size_t count) {
  Random random(kRuleSeed);
  RuleSetBuilder builder;
  for (std::size_t i = 0; i < count; ++i) {
    RuleSpec spec;
    spec.name = "rule-" + std::to_string(i);
    spec.priority = static_cast<std::int64_t>(i);
    spec.fixed_rate = 0.1;
    spec.reservoir_size = static_cast<std::int64_t>(random.below(5));
    spec.url_path = path_pattern(i, random);
    const double who = random.unit();
    const bool is_narrow = spec.url_path != "*";
    spec.service_name = who < 0.6 || !is_narrow ? service(i)
                        : who < 0.75            ? service(i / 10) + "*"
                                                : "*";
    if (random.chance(0.3)) spec.http_method = random.chance(0.5) ? "GET" : "P*";
    builder.add(Rule::from(std::move(spec)).value());
  }
  return std::move(builder).build().value();
}

std::vector<OwnedRequest> make_requests(std::size_t rule_count) {
  const RuleSet rules = make_rules(rule_count);
  Random random(kRequestSeed);
  const char* methods[] = {"GET", "GET", "POST", "PUT", "DELETE"};
  std::vector<OwnedRequest> requests;
  for (std::size_t i = 0; i < kRequests; ++i) {
    OwnedRequest request;
    request.http_method = methods[random.below(5)];
    request.host = "host" + std::to_string(random.below(1000)) + ".example.com";
    const std::string id = std::to_string(random.below(1'000'000));
    request.service_name = service(random.below(rule_count + rule_count / 4 + 1));
    request.url_path = "/api/v1/other/" + id + "/detail";
    if (i % 2 == 0) {
      // Aimed at a rule: its patterns with the holes filled.
      const Rule& rule = rules.rules()[random.below(rule_count)];
      const auto fill = [&](const std::string& pattern) {
        std::string text;
        for (const char c : pattern) text += c == '*' ? id : c == '?' ? "7" : std::string(1, c);
        return text;
      };
      request.url_path = fill(rule.pattern(Field::url_path));
      if (rule.pattern(Field::service_name) != "*") {
        request.service_name = fill(rule.pattern(Field::service_name));
      }
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

RuleIndex slow_match(const RuleSet& rules, const Request& request) {
  for (RuleIndex i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    bool matches = true;
    for (const Field field : kFields) {
      const FieldText& text = request.field(field);
      matches = matches && (!text || Pattern(rule.pattern(field)).matches(*text));
    }
    if (matches || rule.is_default()) return i;
  }
  return rules.fallback_index();
}

}  // namespace dosimeter::bench
