#include "bench/worst_cases.h"

#include "bench/traffic.h"

#include <algorithm>
#include <utility>

namespace dosimeter::bench {
namespace {

constexpr std::uint64_t kRuleSeed = 17;
constexpr std::uint64_t kRequestSeed = 23;

/// A word that no rule knows, as long as one that rules know and different in its last letter.
std::string misspelt(std::string word) {
  word.back() = '5';
  return word;
}

std::string random_letters(std::size_t count, std::string_view alphabet, Random& random) {
  std::string letters;
  while (letters.size() < count) letters += alphabet[random.below(alphabet.size())];
  return letters;
}

}  // namespace

Scenario hit_early(std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  const std::vector<RuleShape> shapes = typical_shapes(rule_count);
  // Those with a star, of which there are many requests.
  std::vector<RuleShape> first;
  for (const RuleShape& shape : shapes) {
    const bool varies =
        shape.path == RuleShape::Path::prefix || shape.path == RuleShape::Path::versions;
    if (varies && first.size() < 4) first.push_back(shape);
  }
  std::vector<Rule> rules;
  for (const RuleShape& shape : first) rules.push_back(make_rule(rules.size(), shape));
  for (const RuleShape& shape : shapes) {
    if (rules.size() < rule_count) rules.push_back(make_rule(rules.size(), shape));
  }
  Random random(kRequestSeed);
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    requests.push_back(aimed_at(first[random.below(first.size())], vocabulary, random));
  }
  return {Set::hit_early, std::move(rules), RequestList(requests)};
}

Scenario near_misses(Set set, std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  std::vector<RuleShape> shapes = typical_shapes(rule_count);
  Random random(kRuleSeed);
  std::vector<Rule> rules;
  for (RuleShape& shape : shapes) {
    if (shape.service == RuleShape::Service::any) {
      shape.service = RuleShape::Service::domain;
      shape.service_number = random.below(Vocabulary::kDomains);
    }
    if (shape.path == RuleShape::Path::any) shape.path = RuleShape::Path::prefix;
    rules.push_back(make_rule(rules.size(), shape));
  }
  if (set == Set::hit_late) {
    rules.back() = make_rule(rules.size() - 1, RuleSpec{.url_path = "/*"});
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    RequestText text = aimed_at(shapes[random.below(rule_count)], vocabulary, random);
    if (requests.size() % 2 == 0) {
      const std::size_t dash = text.service_name.find('-');
      text.service_name =
          misspelt(text.service_name.substr(0, dash)) + text.service_name.substr(dash);
    } else {
      const std::string name = misspelt(Vocabulary::word(random.below(Vocabulary::kWords)));
      text.url_path = joined(
          {"/api/v", std::to_string(1 + random.below(3)), "/", name, "/", Vocabulary::id(random)});
      if (random.chance(0.5)) {
        text.url_path += "/" + misspelt(Vocabulary::word(random.below(Vocabulary::kWords))) + "/7";
      }
    }
    requests.push_back(std::move(text));
  }
  return {set, std::move(rules), RequestList(requests)};
}

Scenario literals(std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  Random random(kRuleSeed);
  const auto path = [&] {
    return joined({"/api/v", std::to_string(1 + random.below(3)), "/",
                   Vocabulary::word(random.below(Vocabulary::kWords)), "/",
                   Vocabulary::word(random.below(Vocabulary::kWords)), "/",
                   std::to_string(random.below(10))});
  };
  std::vector<Rule> rules;
  std::vector<RequestText> aims;
  while (rules.size() < rule_count) {
    const std::size_t service = random.below(vocabulary.services());
    RequestText aim = {Vocabulary::service(service), {}, Vocabulary::method(random), path()};
    rules.push_back(make_rule(rules.size(), RuleSpec{.service_name = aim.service_name,
                                                     .http_method = aim.http_method,
                                                     .url_path = aim.url_path}));
    aims.push_back(std::move(aim));
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    const std::size_t service = vocabulary.frequent_service(random);
    RequestText text = {Vocabulary::service(service), {}, Vocabulary::method(random), path()};
    if (requests.size() % 2 == 1) text = aims[random.below(aims.size())];
    text.host = vocabulary.host(service, random.below(Vocabulary::kRegions), random);
    requests.push_back(std::move(text));
  }
  return {Set::literal, std::move(rules), RequestList(requests)};
}

Scenario wildcards(std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  Random random(kRuleSeed);
  std::vector<RuleShape> shapes = typical_shapes(rule_count);
  std::vector<Rule> rules;
  for (const RuleShape& shape : shapes) {
    const auto word = [&] { return Vocabulary::word(random.below(Vocabulary::kWords)); };
    std::string pattern = random.chance(0.5) ? "*/" : "/api/*/";
    pattern += joined({word(), "/*", random_letters(2, "0123456789", random), "*/"});
    const std::string start = word();
    pattern += start.substr(0, 2 + random.below(4)) + "*";
    if (random.chance(0.5)) pattern += "/" + std::to_string(random.below(10));
    rules.push_back(make_rule(rules.size(), RuleSpec{.service_name = shape.service_pattern(),
                                                     .host = shape.host_pattern(),
                                                     .http_method = shape.method,
                                                     .url_path = std::move(pattern)}));
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    RequestText text = aimed_at(shapes[random.below(rule_count)], vocabulary, random);
    const Rule& rule = rules[random.below(rule_count)];
    text.url_path.clear();
    for (const char c : rule.pattern(Field::url_path)) {
      if (c == '*') {
        text.url_path += text.url_path.empty() ? "/v1" : std::to_string(random.below(1000));
      } else {
        text.url_path += c;
      }
    }
    requests.push_back(std::move(text));
  }
  return {Set::wildcard, std::move(rules), RequestList(requests)};
}

Scenario shared_parts(std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  Random random(kRuleSeed);
  std::vector<Rule> rules;
  while (rules.size() < rule_count) {
    const std::string pattern = joined({"/api/*/items/*", random_letters(4, "abc", random), "?",
                                        random_letters(5, "abc", random), "*/detail"});
    rules.push_back(make_rule(rules.size(), RuleSpec{.url_path = pattern}));
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    RequestText text = background(vocabulary, random);
    const std::string version = std::to_string(1 + random.below(3));
    const std::size_t letters = 10 + random.below(9);
    text.url_path =
        "/api/v" + version + "/items/" + random_letters(letters, "abc", random) + "/detail";
    requests.push_back(std::move(text));
  }
  return {Set::shared_parts, std::move(rules), RequestList(requests)};
}

Scenario new_hosts(std::size_t rule_count, std::size_t request_count) {
  const Vocabulary vocabulary(service_count(rule_count));
  Random random(kRuleSeed);
  const auto name = [&] {
    return joined({Vocabulary::service(random.below(vocabulary.services())), ".",
                   Vocabulary::region(random.below(Vocabulary::kRegions))});
  };
  std::vector<Rule> rules;
  for (const RuleShape& shape : typical_shapes(rule_count)) {
    rules.push_back(make_rule(rules.size(), RuleSpec{.host = "*." + name() + ".*",
                                                     .http_method = shape.method,
                                                     .url_path = shape.path_pattern()}));
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    RequestText text = background(vocabulary, random);
    text.host = std::string(RequestList::kRenewedBytes, 'x') + "." + name() + ".example.com";
    requests.push_back(std::move(text));
  }
  return {Set::new_hosts, std::move(rules), RequestList(requests)};
}

Scenario never_together(std::size_t rule_count, std::size_t request_count) {
  Random random(kRuleSeed);
  // Every request has all of these parts, in this order, and none of what is put for "!".
  const std::string service = "pay-store-main";
  const std::string host = ".gate.eu.example.com";
  const std::string path = "/api/v1/orders/items/lines/detail/";
  const auto loosened = [&](std::string_view text) {
    const std::size_t from = random.below(text.size() / 2);
    const std::size_t length = 2 + random.below(text.size() - from - 2);
    return "*" + std::string(text.substr(from, length)) + "*";
  };
  const auto spoilt = [&](std::string pattern) {
    pattern[pattern.size() - 2] = '!';
    return pattern;
  };
  std::vector<Rule> rules;
  while (rules.size() < rule_count) {
    RuleSpec spec{
        .service_name = loosened(service), .host = loosened(host), .url_path = loosened(path)};
    std::string* failing[] = {&spec.service_name, &spec.host, &spec.url_path};
    std::string& chosen = *failing[random.below(3)];
    chosen = spoilt(chosen);
    rules.push_back(make_rule(rules.size(), std::move(spec)));
  }
  std::vector<RequestText> requests;
  while (requests.size() < request_count) {
    requests.push_back({service + std::to_string(random.below(40)),
                        std::to_string(random.below(1000)) + host, Vocabulary::method(random),
                        path + Vocabulary::id(random)});
  }
  return {Set::never_together, std::move(rules), RequestList(requests)};
}

}  // namespace dosimeter::bench
