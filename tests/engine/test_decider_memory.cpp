#include <dosimeter/sampler.h>

#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"

#include <array>
#include <deque>
#include <utility>

using namespace dosimeter;
using namespace dosimeter::test;

/// What a Decider remembers of texts must never show: it is asked for texts that it has, has not
/// and has lost, under rules that change.
namespace {

/// Of a rule's name under a sampler, without which set it came from.
std::string decided(Sampler& sampler, Decider& decider, const Request& request) {
  const std::size_t allocations = allocation_count();
  const std::size_t deallocations = deallocation_count();
  const Decision decision = decider.decide(request, TimePoint{}, 0.5);
  const bool same = allocation_count() == allocations && deallocation_count() == deallocations;
  if (!same) FAIL("a decision allocates or frees: " << described(request));
  return sampler.rule_name(decision.rule);
}

/// One of a number of texts that hold what the patterns of three fields ask for, so that each text
/// may stand in each field.
struct ManyTexts {
  static constexpr std::size_t kServices = 5, kHosts = 7, kPaths = 9;

  explicit ManyTexts(std::size_t count) {
    Random random(7);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string own = std::to_string(i);
      const std::string filler(random.below(8) == 0 ? random.below(90) : random.below(12), 'q');
      std::string text = "s" + std::to_string(i % kServices);
      text += "-q" + own + filler;
      text += "/k" + std::to_string(i / 3 % kPaths);
      text += "/" + own;
      text += "-z" + std::to_string(i / 2 % kHosts);
      lower.push_back(text);
      for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
      upper.push_back(text);
    }
  }
  std::vector<std::string> lower;
  std::vector<std::string> upper;
};

/// A rule for some of them. A number that none has stands for any.
struct Wanted {
  static constexpr std::size_t kAny = 100;
  std::size_t service = kAny, host = kAny, path = kAny;

  [[nodiscard]] RuleSpec rule(std::size_t number) const {
    RuleSpec spec = numbered_rule(number);
    if (service != kAny) spec.service_name = "s" + std::to_string(service) + "-*";
    if (host != kAny) spec.host = "*-z" + std::to_string(host);
    if (path != kAny) spec.url_path = "*/k" + std::to_string(path) + "/*";
    return spec;
  }
};

/// What the rules are asked: the number of the text of each field, and whether it is in capitals.
struct Asked {
  std::array<std::size_t, 3> text;
  std::array<bool, 3> upper;
};

std::size_t wanted_rule(const std::vector<Wanted>& rules, const Asked& asked, bool folds) {
  std::size_t at = 0;
  for (const Wanted& rule : rules) {
    const auto fits = [&](std::size_t field, std::size_t wanted, std::size_t has) {
      return wanted == Wanted::kAny || (wanted == has && (folds || !asked.upper[field]));
    };
    if (fits(0, rule.service, asked.text[0] % ManyTexts::kServices) &&
        fits(1, rule.host, asked.text[1] / 2 % ManyTexts::kHosts) &&
        fits(2, rule.path, asked.text[2] / 3 % ManyTexts::kPaths)) {
      break;
    }
    ++at;
  }
  return at;
}

void check_many(const char* recorder_name, bool folds, std::size_t rule_count,
                const ManyTexts& texts, std::size_t decisions) {
  Random random;
  INFO(recorder_name << ", " << rule_count << " rules, seed " << Random::default_seed());
  std::vector<Wanted> wanted(rule_count);
  std::vector<RuleSpec> specs;
  for (std::size_t i = 0; i < rule_count; ++i) {
    if (random.chance(0.9)) wanted[i].service = random.below(ManyTexts::kServices);
    if (random.chance(0.9)) wanted[i].host = random.below(ManyTexts::kHosts);
    if (random.chance(0.9) || i < 20) wanted[i].path = random.below(ManyTexts::kPaths);
    specs.push_back(wanted[i].rule(i));
  }
  const RecorderKind recorder = {find_recorder(recorder_name), RuleKind::central};
  Sampler sampler(compiled(specs, recorder).value());
  Decider decider = sampler.decider();
  std::vector<RuleId> ids;
  const RuleSet in_force = sampler.rules();
  for (const Rule& rule : in_force.rules()) ids.push_back(sampler.rule_id(rule.name()));

  const std::size_t count = texts.lower.size();
  const std::size_t allocations = allocation_count();
  for (std::size_t i = 0; i < decisions; ++i) {
    Asked asked{};
    for (std::size_t field = 0; field < 3; ++field) {
      // First each text once in each field; then a few again and again among all others.
      asked.text[field] = i < count              ? (i * (7 + 2 * field)) % count
                          : random.below(4) != 0 ? random.below(60)
                                                 : random.below(count);
      asked.upper[field] = random.below(6) == 0;
    }
    const auto text = [&](std::size_t field) -> FieldText {
      return (asked.upper[field] ? texts.upper : texts.lower)[asked.text[field]];
    };
    const Request request{.service_name = text(0), .host = text(1), .url_path = text(2)};
    const Decision decision = decider.decide(request, TimePoint{}, 0.5);
    const std::size_t expected = wanted_rule(wanted, asked, folds);
    if (decision.rule != ids[expected]) {
      FAIL("decision " << i << ", " << described(request) << ": expected rule " << expected
                       << ", got " << sampler.rule_name(decision.rule));
    }
  }
  CHECK(allocation_count() == allocations);
}

}  // namespace

TEST_CASE("decider: more texts than anything of bounded size can hold") {
  const ManyTexts texts(20'000);
  check_many("documented", true, 25, texts, 24'000 * test_dose());
  check_many("documented", true, 300, texts, 22'000 * test_dose());
  const ManyTexts fewer(3'000);
  check_many("otel-python", false, 25, fewer, 4'000 * test_dose());
  check_many("otel-python", false, 300, fewer, 4'000 * test_dose());
  check_many("otel-dotnet", false, 70, fewer, 4'000 * test_dose());
  check_many("xray-dotnet", true, 260, fewer, 4'000 * test_dose());
}

TEST_CASE("decider: many texts of one length that differ in a few bytes") {
  constexpr std::size_t kTexts = 2'500, kClasses = 10;
  Random random;
  INFO("seed " << Random::default_seed());
  for (std::size_t place = 0; place < 3; ++place) {
    std::vector<RuleSpec> specs;
    for (std::size_t c = 0; c < kClasses; ++c) {
      specs.push_back(numbered_rule(c));
      const std::string own = "z" + std::to_string(c);
      specs.back().host = place == 0 ? own + "*" : place == 1 ? "*" + own : "*/" + own + "*";
    }
    Sampler sampler(compiled(specs, {&kDocumentedRecorder, RuleKind::central}).value());
    for (const std::size_t alike : {6U, 16U, 32U, 40U, 64U, 128U, 300U}) {
      const std::string same(alike, 'q');
      std::vector<std::string> texts;
      for (std::size_t i = 0; i < kTexts; ++i) {
        const std::string own = "z" + std::to_string(i % kClasses);
        const std::string number = numbered('n', i);
        texts.push_back(place == 0   ? own + number + same
                        : place == 1 ? same + number + own
                                     : same + "/" + own + number + same);
      }
      Decider decider = sampler.decider();
      for (std::size_t i = 0; i < 3'000; ++i) {
        const std::size_t which = random.below(random.chance(0.2) ? 50 : kTexts);
        const Decision decision = decider.decide({.host = texts[which]}, TimePoint{}, 0.5);
        // Rules of a first set are numbered in order.
        if (decision.rule.value != which % kClasses) {
          FAIL(texts[which] << ": got " << sampler.rule_name(decision.rule));
        }
      }
    }
  }
}

TEST_CASE("decider: texts that begin and end alike, in every field, again and again") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::vector<std::size_t> lengths;
  for (std::size_t length = 0; length <= 66; ++length) lengths.push_back(length);
  lengths.insert(lengths.end(), {94, 95, 96, 97, 127, 128, 129, 255, 256, 257});
  const std::string letters = "abcdefghijklmnopqrstuvwxyz";
  std::vector<std::string> texts = {"-", "/", "*", "a*", "caf\xC3\xA9", "CAF\xC3\x89"};
  std::vector<RuleSpec> specs;
  for (const std::size_t length : lengths) {
    std::string text;
    while (text.size() < length) text += letters[text.size() * 7 % letters.size()];
    specs.push_back(numbered_rule(specs.size()));
    std::string& pattern = pattern_of(specs.back(), kFields[length % 5]);
    pattern = text;
    if (length % 7 == 3) pattern += "?";
    if (length % 11 == 4) pattern = "*" + pattern;
    if (length % 11 == 5) pattern += "*/x";
    texts.push_back(text);
    texts.push_back(text + "q");
    texts.push_back(text + "/x");
    for (int i = 0; i < 3 && length > 0; ++i) {
      std::string other = text;
      char& c = other[random.below(length)];
      c = static_cast<char>(i == 0 ? c ^ 0x20 : i == 1 ? '#' : c ^ 1);
      texts.push_back(other);
    }
  }
  for (const char* name : {"documented", "otel-java", "xray-python"}) {
    CheckedRules rules(specs, {find_recorder(name), RuleKind::central});
    Sampler sampler(rules.rules());
    Decider decider = sampler.decider();
    for (std::size_t i = 0; i < 2'000 * test_dose(); ++i) {
      OwnedRequest owned;
      for (std::size_t field = 0; field < 5; ++field) {
        // Often the text of another field, often none.
        const std::size_t how = random.below(6);
        if (how == 0 && field > 0) owned.fields[field] = owned.fields[field - 1];
        if (how > 3) owned.fields[field] = texts[random.below(texts.size())];
      }
      const RequestView view(owned);
      const std::string expected = rules.expected(view.request());
      const std::string got = decided(sampler, decider, view.request());
      if (got != expected) {
        FAIL(name << ", " << described(view.request()) << ": expected " << expected << ", got "
                  << got);
      }
    }
  }
}

TEST_CASE("decider: the same texts under one set of rules after another") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<RecorderKind> recorders = recorder_kinds();
  for (std::size_t round = 0; round < 3 * test_dose(); ++round) {
    RandomPatterns patterns(random);
    RandomRequests random_requests(random, patterns, 300);
    std::deque<CheckedRules> sets;
    std::deque<OwnedRequest> owned;
    for (const unsigned size : {2U, 20U, 64U, 250U, 300U, 30U, 400U}) {
      RuleMix mix = RuleMix::random(random, RuleKind::central);
      const RecorderKind& recorder = recorders[random.below(recorders.size())];
      mix.local = recorder.kind == RuleKind::local;
      mix.lacking = 0;
      std::vector<RuleSpec> specs = random_rules(random, patterns, size, mix);
      // Names tell the set, and come behind Default in every order of names, as the twin has it.
      for (RuleSpec& spec : specs) {
        if (spec.name != kDefaultRuleName) spec.name[0] = static_cast<char>('n' + sets.size());
      }
      for (int i = 0; i < 40; ++i) {
        owned.push_back(random_requests.aimed_at(specs[random.below(specs.size())]));
      }
      sets.emplace_back(std::move(specs), recorder);
    }
    std::deque<RequestView> requests;
    for (const OwnedRequest& request : owned) requests.emplace_back(request);

    Sampler sampler(sets[0].rules());
    std::vector<Decider> deciders;
    for (int i = 0; i < 3; ++i) deciders.push_back(sampler.decider());
    MatchScratch scratch;
    for (std::size_t swap = 0; swap < 40; ++swap) {
      const std::size_t in_force = random.below(sets.size());
      CheckedRules& rules = sets[in_force];
      sampler.swap_rules(rules.rules());
      for (std::size_t i = 0; i < 60; ++i) {
        const Request& request = requests[random.below(requests.size())].request();
        const std::string expected = rules.expected(request);
        const std::size_t who = random.below(deciders.size() + 1);
        const std::string got =
            who < deciders.size()
                ? decided(sampler, deciders[who], request)
                : sampler.rule_name(sampler.decide(request, TimePoint{}, 0.5).rule);
        if (got != expected) {
          FAIL("set " << in_force << ", " << rules.rules().recorder().name << ", "
                      << described(request) << ": expected " << expected << ", got " << got);
        }
        // One scratch under all of them by turns.
        CheckedRules& other = sets[random.below(sets.size())];
        other.check(request, scratch);
        if (random.chance(0.01)) deciders[random.below(deciders.size())] = sampler.decider();
      }
    }
  }
}
