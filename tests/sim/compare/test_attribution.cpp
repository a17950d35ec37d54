// The causes of changes against every subset of the choices in which two recorders differ.

#include "sim/compare/attribution.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <array>
#include <set>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

/// Two recorders that differ in a few choices, taken from those of the table.
struct Pair {
  Recorder a;
  Recorder b;
};

Pair random_pair(Random& random, RuleKind kind) {
  const auto any = [&]() -> const Recorder& {
    for (;;) {
      const Recorder& recorder = recorders()[random.below(recorders().size())];
      if (kind == RuleKind::central || recorder.local) return recorder;
    }
  };
  Pair pair{any(), {}};
  pair.b = pair.a;
  const Recorder& other = any();
  const auto differences = choice_differences(pair.a, other, kind);
  for (std::size_t n = 1 + random.below(6); n > 0 && !differences.empty(); --n) {
    copy_choice(differences[random.below(differences.size())], kind, other, pair.b);
  }
  return pair;
}

template <std::size_t kSize>
std::string one_of(Random& random, const std::array<const char*, kSize>& texts) {
  return texts[random.below(kSize)];
}

std::vector<Rule> random_document(Random& random) {
  std::vector<Rule> rules;
  for (std::size_t i = 1 + random.below(4); i > 0; --i) {
    RuleSpec spec;
    spec.name = one_of<4>(random, {"a", "B", "b-c", "Default"}) + std::to_string(i);
    if (random.chance(0.15)) spec.name = "Default";
    spec.priority = static_cast<std::int64_t>(random.below(3));
    spec.service_name = one_of<4>(random, {"*", "*", "s", "S*"});
    spec.service_type = one_of<3>(random, {"*", "*", "t"});
    spec.host = one_of<5>(random, {"*", "h", "H:8*", "h*", "?"});
    spec.http_method = one_of<3>(random, {"*", "get", "G*"});
    spec.url_path = one_of<8>(random, {"*", "/a", "/A*", "/a?x", "/*/b", "/a b", "b", "/?"});
    spec.version = random.chance(0.1) ? 2 : 1;
    auto rule = Rule::from(spec).value();
    const bool repeated = std::any_of(rules.begin(), rules.end(), [&](const Rule& before) {
      return before.name() == rule.name();
    });
    if (!repeated) rules.push_back(std::move(rule));
  }
  return rules;
}

/// Of texts that are there for good.
FieldText field(Random& random, std::initializer_list<const char*> texts) {
  const std::size_t at = random.below(texts.size() + 1);
  if (at == texts.size()) return std::nullopt;
  return std::string_view(*(texts.begin() + at));
}

LogRow random_row(Random& random) {
  LogRow row;
  row.service_name = field(random, {"s", "S1", "-", ""});
  row.service_type = field(random, {"t"});
  row.host = field(random, {"h", "H", "h:80", "H:80"});
  row.http_method = field(random, {"GET", "get"});
  row.target = field(random, {"/a", "/A", "/a?x", "/app/a", "/a%20b", "/a/b?y", "/ab*", "/"});
  row.trace_header = field(random, {"Sampled=1", "sampled=0", "Root=1;Sampled=1", "Sampled=x", "a",
                                    "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"});
  if (random.chance(0.7)) row.trace_header.reset();
  return row;
}

std::optional<RuleSet> compile(const std::vector<Rule>& document, const Recorder& recorder,
                               RuleKind kind) {
  RuleSetBuilder builder(recorder, kind);
  for (const Rule& rule : document) builder.add(rule);
  auto rules = std::move(builder).build();
  if (!rules) return std::nullopt;
  return std::move(rules).value();
}

std::string decider(const RuleSet& rules, const RequestDefaults& defaults, const LogRow& row) {
  RequestMapper mapper(rules, defaults);
  const Request request = mapper.map(row);
  if (request.upstream != UpstreamDecision::none) return "(decided upstream)";
  MatchScratch scratch;
  return rules.rules()[rules.match(request, scratch)].name();
}

/// What decides the row for recorder A with each subset of B's choices, by the subset's bits.
std::vector<std::string> all_deciders(const std::vector<Rule>& document, const Pair& pair,
                                      RuleKind kind, const RequestDefaults& defaults,
                                      const std::vector<ChoiceDifference>& differences,
                                      const LogRow& row) {
  std::vector<std::string> deciders;
  for (std::uint64_t subset = 0; subset < (std::uint64_t{1} << differences.size()); ++subset) {
    Recorder recorder = pair.a;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      if ((subset >> i & 1u) == 0) continue;
      if (const auto* choice = differences[i].match) {
        choice->copy(pair.b.matching(kind),
                     kind == RuleKind::local ? recorder.local->match : recorder.match);
      } else {
        differences[i].text->copy(pair.b.text, recorder.text);
      }
    }
    deciders.push_back(decider(*compile(document, recorder, kind), defaults, row));
  }
  return deciders;
}

std::uint64_t single_causes(const std::vector<std::string>& deciders) {
  std::uint64_t singles = 0;
  for (std::uint64_t bit = 1; bit < deciders.size(); bit <<= 1) {
    if (deciders[bit] == deciders.back()) singles |= bit;
  }
  return singles;
}

int size_of(std::uint64_t set) {
  int size = 0;
  for (; set != 0; set &= set - 1) ++size;
  return size;
}

}  // namespace

TEST_CASE("attribution: causes suffice, and none can be left out") {
  Random random;
  INFO("seed " << Random::default_seed());
  int changes = 0;
  int alternatives = 0;
  int together = 0;
  std::set<std::string> met;
  for (int round = 0; round < 8000; ++round) {
    const RuleKind kind = random.chance(0.3) ? RuleKind::local : RuleKind::central;
    const Pair pair = random_pair(random, kind);
    const std::vector<Rule> document = random_document(random);
    const auto a = compile(document, pair.a, kind);
    const auto b = compile(document, pair.b, kind);
    if (!a || !b) continue;
    RequestDefaults defaults;
    defaults.base_path = "/app";
    if (random.chance(0.2)) defaults.naming_pattern = "h*";
    const RuleNames names(document);
    Attribution attribution(document, *a, *b, defaults, names);
    const auto& differences = attribution.differences();
    if (differences.empty()) continue;
    RequestMapper mapper(*a, defaults);
    for (int i = 0; i < 6; ++i) {
      const LogRow row = random_row(random);
      const std::string to = decider(*b, defaults, row);
      if (decider(*a, defaults, row) == to) continue;
      const auto deciders = all_deciders(document, pair, kind, defaults, differences, row);
      REQUIRE(deciders.back() == to);
      const Decider number =
          to == names.name(kDecidedUpstream) ? kDecidedUpstream : names.number(to);
      const Causes causes = attribution.causes(row, mapper.map(row), number);
      CAPTURE(round, i, causes.choices, causes.together, to);
      ++changes;
      const std::uint64_t singles = single_causes(deciders);
      CHECK(causes.together == (singles == 0));
      if (!causes.together) {
        CHECK(causes.choices == singles);
        if (size_of(singles) > 1) ++alternatives;
      } else {
        ++together;
        CHECK(deciders[causes.choices] == to);
        // They are among the first choices that suffice: at least two, and one more at a time.
        std::uint64_t first = 3;
        while (deciders[first] != to) first = first << 1 | 1u;
        CHECK((causes.choices & ~first) == 0);
        for (std::uint64_t bit = 1; bit < deciders.size(); bit <<= 1) {
          if ((causes.choices & bit) != 0) CHECK(deciders[causes.choices & ~bit] != to);
        }
      }
      // A second time it is remembered.
      CHECK(attribution.causes(row, mapper.map(row), number) == causes);
      for (std::size_t c = 0; c < differences.size(); ++c) {
        if (causes.has(c)) met.emplace(differences[c].key);
      }
    }
  }
  // The test must have had something to test.
  CHECK(changes > 1000);
  CHECK(alternatives > 20);
  CHECK(together > 20);
  for (const char* key : {"query_string", "host_port", "base_path", "path_encoding", "header_keys",
                          "literal_letter_case", "wildcard_letter_case", "absent_field.Host",
                          "default_place", "other_version"}) {
    CAPTURE(key);
    CHECK(met.count(key) == 1);
  }
}

TEST_CASE("attribution: three choices at once, more combinations than are kept, few rules") {
  // Recorder A sees /login?x on h:80 in another letter case; each choice of B takes one hurdle.
  Recorder a;
  a.match.literal_letter_case = LetterCase::exact;
  a.match.wildcard_letter_case = LetterCase::exact;
  a.text.query_string = QueryString::kept;
  Recorder b;
  b.text.host_port = HostPort::removed;
  RuleSpec spec;
  spec.name = "login";
  spec.host = "h";
  spec.url_path = "/LOGIN";
  const std::vector<Rule> document = {Rule::from(spec).value()};
  const RuleSet rules_a = *compile(document, a, RuleKind::central);
  const RuleSet rules_b = *compile(document, b, RuleKind::central);
  const RuleNames names(document);
  Attribution attribution(document, rules_a, rules_b, {}, names);
  LogRow row;
  row.host = "h:80";
  row.target = "/login?x";
  RequestMapper mapper(rules_a, {});
  const Causes causes = attribution.causes(row, mapper.map(row), names.number("login"));
  CHECK(causes.together);
  std::vector<std::string_view> keys;
  for (std::size_t i = 0; i < attribution.differences().size(); ++i) {
    if (causes.has(i)) keys.push_back(attribution.differences()[i].key);
  }
  CHECK(keys == std::vector<std::string_view>{"literal_letter_case", "query_string", "host_port"});
}

TEST_CASE("choice differences: no two recorders can differ in more than a set holds") {
  CHECK(match_choices().size() + text_choices().size() <= kMostDifferences);
}
