#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"
#include "tests/support/strings.h"

#include <algorithm>
#include <numeric>
#include <utility>

using namespace dosimeter;
using namespace dosimeter::test;

/// RuleSet::match on all short patterns and texts there are.
namespace {

const std::vector<std::string> kPatternLetters = {"a", "/", "*", "?"};
const std::vector<std::string> kTextLetters = {"a", "A", "/", "b"};

constexpr std::size_t kSizes[] = {1, 2, 5, 16, 17, 64, 65, 185, 257};

/// The fields that every recorder compares, whatever the pattern.
constexpr Field kPlainFields[] = {Field::url_path, Field::host, Field::http_method};

/// Every text but the empty one, which some recorders take for an absent one; short ones also of
/// letters that some take for something else.
std::vector<std::string> texts(std::size_t longest) {
  std::vector<std::string> made = all_strings(kTextLetters, longest);
  made.erase(made.begin());
  for (const std::string& text : all_strings({"a", "/", "*", "\n", "\r", "\xC3\x89"}, 2)) {
    if (text.find_first_of("*\n\r\xC3") != std::string::npos) made.push_back(text);
  }
  return made;
}

/// Whether each pattern matches each text: [pattern][text].
std::vector<std::vector<bool>> matrix(const std::vector<std::string>& patterns,
                                      const std::vector<std::string>& texts,
                                      const MatchChoices& choices) {
  std::vector<std::vector<bool>> made;
  for (const std::string& text : patterns) {
    const Pattern pattern(text, choices);
    std::vector<bool>& row = made.emplace_back();
    for (const std::string& asked : texts) {
      row.push_back(pattern.reference_outcome(asked) == PatternOutcome::matches);
    }
  }
  return made;
}

/// With a host, whose absence would mean more than that.
OwnedRequest with(Field field, const std::string& text) {
  OwnedRequest request;
  request.field(Field::host) = "h";
  request.field(field) = text;
  return request;
}

void shuffle(std::vector<std::size_t>& list, Random& random) {
  for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
}

std::vector<std::size_t> numbers(std::size_t count) {
  std::vector<std::size_t> made(count);
  std::iota(made.begin(), made.end(), std::size_t{0});
  return made;
}

}  // namespace

TEST_CASE("selection: every short pattern with every short text") {
  const std::size_t longest = test_dose() > 1 ? 4 : 3;
  const std::vector<std::string> patterns = all_strings(kPatternLetters, 3);
  const std::vector<std::string> asked = texts(longest);
  MatchScratch scratch;
  std::size_t turn = 0;
  for (const RecorderKind& recorder : recorder_kinds()) {
    const auto expected = matrix(patterns, asked, recorder.choices());
    const Field field = kPlainFields[turn++ % 3];
    const Field other = kPlainFields[turn % 3];
    // The other field leaves one rule to be tested.
    std::vector<RuleSpec> specs;
    for (std::size_t p = 0; p < patterns.size(); ++p) {
      specs.push_back(numbered_rule(p));
      pattern_of(specs.back(), field) = patterns[p];
      pattern_of(specs.back(), other) = numbered('m', p);
    }
    const RuleSet rules = compiled(specs, recorder).value();
    REQUIRE(rules.rules().size() == patterns.size() + 1);
    // Every third text now, the rest under a recorder that is much the same.
    const std::size_t step = test_dose() > 1 ? 1 : 3;
    for (std::size_t t = turn % step; t < asked.size(); t += step) {
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        OwnedRequest request = with(field, asked[t]);
        request.field(other) = numbered('m', p);
        const RequestView view(request);
        const std::size_t wanted = expected[p][t] ? p : patterns.size();
        const RuleIndex got = rules.match(view.request(), scratch);
        if (got != wanted) {
          FAIL(recorder.name() << ", " << described(specs[p]) << ", " << described(view.request())
                               << ": expected " << wanted << ", got " << got);
        }
      }
    }
  }
}

TEST_CASE("selection: the first of many short patterns, in every kind of order") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::vector<std::string> patterns = all_strings(kPatternLetters, 3);
  const std::vector<std::string> longer = all_strings(kPatternLetters, 4);
  for (std::size_t i = 0; i < 100; ++i) patterns.push_back(longer[random.below(longer.size())]);
  const std::vector<std::string> asked = texts(3);
  MatchScratch scratch;
  for (const RecorderKind& recorder : recorder_kinds()) {
    const auto matches = matrix(patterns, asked, recorder.choices());
    const auto matched = [&](std::size_t p) {
      return std::count(matches[p].begin(), matches[p].end(), true);
    };
    for (const std::size_t size : kSizes) {
      const bool narrow_first = random.chance(0.7);
      const std::size_t left_out = random.below(4) * 10;
      // So many of them, some more than once.
      std::vector<std::size_t> order;
      while (order.size() < size) {
        std::vector<std::size_t> all = numbers(patterns.size());
        shuffle(all, random);
        for (const std::size_t p : all) {
          const bool wide = static_cast<std::size_t>(matched(p)) + left_out > asked.size();
          if (!wide && order.size() < size) order.push_back(p);
        }
      }
      if (narrow_first) {
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return matched(a) < matched(b); });
      }
      const Field field = kPlainFields[random.below(3)];
      std::vector<RuleSpec> specs;
      for (std::size_t i = 0; i < size; ++i) {
        specs.push_back(numbered_rule(i));
        pattern_of(specs.back(), field) = patterns[order[i]];
      }
      const RuleSet rules = compiled(specs, recorder).value();
      for (std::size_t t = 0; t < asked.size(); ++t) {
        const OwnedRequest request = with(field, asked[t]);
        const RequestView view(request);
        std::size_t wanted = 0;
        while (wanted < size && !matches[order[wanted]][t]) ++wanted;
        const RuleIndex got = rules.match(view.request(), scratch);
        if (got != wanted) {
          FAIL(recorder.name() << ", " << size << " rules, " << described(view.request())
                               << ": expected " << wanted << ", got " << got);
        }
      }
    }
  }
}

TEST_CASE("selection: every pair of short patterns in two fields with every pair of texts") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<std::string> patterns = all_strings(kPatternLetters, 2);
  std::vector<std::optional<std::string>> asked = {std::nullopt, "-"};
  for (const std::string& text : all_strings(kTextLetters, 2)) asked.push_back(text);
  MatchScratch scratch;
  const auto stars = [](const RuleSpec& spec, Field field) {
    RuleSpec copy = spec;
    const std::string& pattern = pattern_of(copy, field);
    return std::count(pattern.begin(), pattern.end(), '*');
  };
  for (const RecorderKind& recorder : recorder_kinds()) {
    const bool local = recorder.kind == RuleKind::local;
    const Field first = local ? kPlainFields[random.below(3)] : kFields[random.below(6)];
    Field second = first;
    while (second == first) {
      second = local ? kPlainFields[random.below(3)] : kFields[random.below(6)];
    }
    for (const std::size_t size : {std::size_t{60}, std::size_t{441}}) {
      std::vector<std::size_t> order = numbers(patterns.size() * patterns.size());
      shuffle(order, random);
      order.resize(size);
      std::vector<RuleSpec> specs;
      for (std::size_t i = 0; i < size; ++i) {
        specs.push_back(numbered_rule(i));
        pattern_of(specs.back(), first) = patterns[order[i] / patterns.size()];
        pattern_of(specs.back(), second) = patterns[order[i] % patterns.size()];
        specs.back().priority += 1000 * (stars(specs.back(), first) + stars(specs.back(), second));
      }
      CheckedRules rules(specs, recorder);
      for (const auto& one : asked) {
        for (const auto& two : asked) {
          OwnedRequest request = with(Field::host, "h");
          request.field(first) = one;
          request.field(second) = two;
          const RequestView view(request);
          rules.check(view.request(), scratch);
        }
      }
    }
  }
}
