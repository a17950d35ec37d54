#include "bench/traffic.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dosimeter::bench {
namespace {

RuleShape typical_shape(const Vocabulary& vocabulary, Random& random) {
  RuleShape shape;
  const double service = random.unit();
  if (service < 0.60) {
    shape.service = RuleShape::Service::exact;
    shape.service_number = random.below(vocabulary.services());
  } else if (service < 0.75) {
    shape.service = RuleShape::Service::domain;
    shape.service_number = random.below(Vocabulary::kDomains);
  }
  if (random.chance(0.12)) {
    shape.region = random.below(Vocabulary::kRegions);
    shape.host = shape.service == RuleShape::Service::exact && random.chance(0.5)
                     ? RuleShape::Host::service
                     : RuleShape::Host::region;
  }
  if (random.chance(0.25)) shape.method = Vocabulary::method(random);
  const double path = random.unit();
  shape.version = 1 + random.below(3);
  shape.word = random.below(Vocabulary::kWords);
  shape.second_word = random.below(Vocabulary::kDeepWords);
  using Path = RuleShape::Path;
  shape.path = path < 0.35   ? Path::prefix
               : path < 0.45 ? Path::versions
               : path < 0.55 ? Path::infix
               : path < 0.70 ? Path::literal
               : path < 0.80 ? Path::suffix
                             : Path::any;
  // A rule that matches everything would be Default.
  if (shape.path == Path::any && shape.service == RuleShape::Service::any) {
    shape.service = RuleShape::Service::domain;
    shape.service_number = random.below(Vocabulary::kDomains);
  }
  return shape;
}

/// How much a rule asks for, as the one who numbered the rules saw it.
double specificity(const RuleShape& shape, Random& random) {
  constexpr std::array<double, 3> kServices = {2.0, 1.0, 0.0};
  constexpr std::array<double, 6> kPaths = {2.0, 1.5, 1.5, 3.0, 1.0, 0.0};
  return kServices[static_cast<std::size_t>(shape.service)] +
         kPaths[static_cast<std::size_t>(shape.path)] +
         (shape.host == RuleShape::Host::any ? 0.0 : 0.5) + (shape.method == "*" ? 0.0 : 0.5) +
         2.0 * random.unit();
}

}  // namespace

std::string RuleShape::service_pattern() const {
  switch (service) {
    case Service::exact:
      return Vocabulary::service(service_number);
    case Service::domain:
      return Vocabulary::domain(service_number) + "-*";
    case Service::any:
      break;
  }
  return "*";
}

std::string RuleShape::host_pattern() const {
  if (host == Host::any) return "*";
  if (host == Host::service) return Vocabulary::service(service_number) + "-*";
  const std::string region_part = "*." + Vocabulary::region(region) + ".example.com";
  if (service == Service::any) return region_part;
  const std::string start = service == Service::exact ? Vocabulary::service(service_number)
                                                      : Vocabulary::domain(service_number);
  return start + "-" + region_part;
}

std::string RuleShape::path_pattern() const {
  const std::string name = Vocabulary::word(word);
  const std::string head = "/api/v" + std::to_string(version) + "/" + name;
  switch (path) {
    case Path::prefix:
      return head + "/*";
    case Path::versions:
      return "/api/*/" + name + "/*";
    case Path::infix:
      return "*/" + name + "/*/" + Vocabulary::word(second_word) + "/?";
    case Path::literal:
      return head;
    case Path::suffix:
      return "*" + Vocabulary::extension(word);
    case Path::any:
      break;
  }
  return "*";
}

Rule make_rule(std::size_t number, RuleSpec patterns) {
  constexpr std::array<double, 6> kRates = {0.05, 0.0, 0.01, 0.1, 0.25, 1.0};
  patterns.name = "rule-" + std::to_string(number);
  patterns.priority = static_cast<std::int64_t>(number) + 1;
  patterns.fixed_rate = kRates[number % kRates.size()];
  patterns.reservoir_size = static_cast<std::int64_t>(number * 7 % 6);
  return Rule::from(std::move(patterns)).value();
}

Rule make_rule(std::size_t number, const RuleShape& shape) {
  return make_rule(number, RuleSpec{.service_name = shape.service_pattern(),
                                    .host = shape.host_pattern(),
                                    .http_method = shape.method,
                                    .url_path = shape.path_pattern()});
}

std::size_t service_count(std::size_t rules) {
  return 64 + rules / 8;
}

std::vector<RuleShape> typical_shapes(std::size_t count) {
  const Vocabulary vocabulary(service_count(count));
  Random random(7);
  std::vector<std::pair<double, RuleShape>> scored;
  for (std::size_t i = 0; i < count; ++i) {
    const RuleShape shape = typical_shape(vocabulary, random);
    scored.emplace_back(specificity(shape, random), shape);
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<RuleShape> shapes;
  for (auto& [score, shape] : scored) shapes.push_back(std::move(shape));
  return shapes;
}

RequestText aimed_at(const RuleShape& rule, const Vocabulary& vocabulary, Random& random) {
  const std::size_t service = rule.service == RuleShape::Service::exact ? rule.service_number
                              : rule.service == RuleShape::Service::domain
                                  ? vocabulary.frequent_service_of(rule.service_number, random)
                                  : vocabulary.frequent_service(random);
  const std::size_t region =
      rule.host == RuleShape::Host::region ? rule.region : random.below(Vocabulary::kRegions);
  RequestText text;
  text.service_name = Vocabulary::service(service);
  text.host = vocabulary.host(service, region, random);
  text.http_method = rule.method == "*" ? Vocabulary::method(random) : rule.method;
  const std::string name = Vocabulary::word(rule.word);
  const std::string head = "/api/v" + std::to_string(rule.version) + "/" + name;
  switch (rule.path) {
    case RuleShape::Path::prefix:
    case RuleShape::Path::versions:
      text.url_path = head + "/" + Vocabulary::id(random);
      if (random.chance(0.4)) {
        text.url_path += "/" + Vocabulary::word(random.below(Vocabulary::kWords));
      }
      break;
    case RuleShape::Path::infix:
      text.url_path =
          joined({head, "/", Vocabulary::id(random), "/", Vocabulary::word(rule.second_word), "/",
                  std::to_string(random.below(10))});
      break;
    case RuleShape::Path::literal:
      text.url_path = head;
      break;
    case RuleShape::Path::suffix:
      text.url_path = "/static/" + Vocabulary::id(random) + Vocabulary::extension(rule.word);
      break;
    case RuleShape::Path::any:
      text.url_path = Vocabulary::path(random);
      break;
  }
  return text;
}

RequestText background(const Vocabulary& vocabulary, Random& random) {
  const std::size_t service = vocabulary.frequent_service(random);
  return {Vocabulary::service(service),
          vocabulary.host(service, random.below(Vocabulary::kRegions), random),
          Vocabulary::method(random), Vocabulary::path(random)};
}

}  // namespace dosimeter::bench
