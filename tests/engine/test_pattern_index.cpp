#include "engine/src/pattern_index.h"
#include "tests/engine/exact_text.h"
#include "tests/engine/random_rules.h"
#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;
using namespace dosimeter::test;

namespace {

/// Distinct patterns of one field, their index, and what it is asked.
class CheckedIndex {
 public:
  CheckedIndex(const std::set<std::string>& patterns, const MatchChoices& choices)
      : folds_(folds_text(choices)) {
    for (const std::string& pattern : patterns) {
      texts_.push_back(pattern);
      patterns_.emplace_back(pattern, choices);
    }
    index_ = PatternIndex(patterns_, folds_);
  }

  struct Seen {
    std::size_t asked = 0;
    std::size_t refused = 0;
    std::size_t matches = 0;
  };

  /// Holds the index to the reference matcher. False where the index says nothing.
  bool check(const std::string& given, Seen& seen) const {
    const ExactText text(given);
    const ExactSpace space(given.size() + PreparedText::kMargins);
    AskedText prepared(prepare(text.view(), folds_, space.span()));
    PatternMatches matches;
    const bool found = index_.find(prepared, patterns_, matches);
    ++seen.asked;
    if (!found) {
      ++seen.refused;
      return false;
    }
    if (!is_ordinary(given)) FAIL("an answer for what is not ordinary");
    std::vector<PatternId> got(matches.ids().begin(), matches.ids().end());
    std::sort(got.begin(), got.end());
    const std::vector<PatternId> expected = asked_one_by_one(given);
    seen.matches += expected.size();
    if (got != expected) {
      std::string shown;
      for (PatternId id = 0; id < texts_.size(); ++id) {
        const auto count = std::count(got.begin(), got.end(), id);
        const auto wanted = std::count(expected.begin(), expected.end(), id);
        if (count != wanted) shown += "\n  \"" + texts_[id] + "\" " + std::to_string(count);
      }
      FAIL("\"" << given << "\", of " << texts_.size() << " patterns wrong:" << shown);
    }
    return true;
  }

  [[nodiscard]] std::vector<PatternId> asked_one_by_one(const std::string& text) const {
    std::vector<PatternId> matched;
    for (PatternId id = 0; id < patterns_.size(); ++id) {
      if (patterns_[id].reference_outcome(text) == PatternOutcome::matches) matched.push_back(id);
    }
    return matched;
  }

 private:
  bool folds_;
  std::vector<std::string> texts_;
  std::vector<CompiledPattern> patterns_;
  PatternIndex index_;
};

std::set<std::string> random_patterns(Random& random, RandomPatterns& patterns) {
  constexpr std::size_t kCounts[] = {1, 2, 5, 20, 60, 150};
  std::set<std::string> made;
  for (std::size_t count = kCounts[random.below(6)]; count > 0; --count) {
    std::string pattern = patterns.pattern();
    // Of the long ones the reference matcher would never be done.
    if (pattern.size() <= 200) made.insert(std::move(pattern));
  }
  return made;
}

/// One that some pattern is likely to match.
std::string text_for(Random& random, RandomPatterns& patterns, const std::set<std::string>& set) {
  if (set.empty() || random.chance(0.2)) return patterns.text();
  const std::size_t at = random.below(set.size());
  std::string text;
  for (const char c : *std::next(set.begin(), static_cast<std::ptrdiff_t>(at))) {
    if (c == '*') {
      text += patterns.run();
    } else if (c == '?') {
      text += patterns.character();
    } else {
      text += c;
    }
  }
  if (random.chance(0.2)) text = patterns.upper_or_lower(std::move(text));
  if (random.chance(0.2)) text += patterns.run();
  if (random.chance(0.1)) text.erase(random.below(text.size() + 1), 1);
  return text;
}

/// Of documented choices.
CheckedIndex index_of(const std::set<std::string>& patterns) {
  return CheckedIndex(patterns, {});
}

}  // namespace

TEST_CASE("pattern index: finds what asking every pattern does, under every recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  CheckedIndex::Seen ordinary;
  CheckedIndex::Seen seen;
  for (const RecorderKind& recorder : recorder_kinds()) {
    INFO(recorder.name());
    for (int round = 0; round < 30; ++round) {
      RandomPatterns patterns(random);
      const std::set<std::string> set = random_patterns(random, patterns);
      const CheckedIndex index(set, recorder.choices());
      for (int i = 0; i < 40; ++i) {
        const std::string text = text_for(random, patterns, set);
        const bool is_usual = is_ordinary(text) && text.size() <= 64 && set.size() <= 60;
        index.check(text, is_usual ? ordinary : seen);
      }
    }
  }
  CHECK(ordinary.matches > 20'000);
  // Of few patterns and of texts as they are there is hardly ever a reason to.
  CHECK(ordinary.refused * 1000 <= ordinary.asked);
}

TEST_CASE("pattern index: exact patterns among those for folded texts, and the other way round") {
  // Literals and wildcards have different letter cases here.
  for (const char* name : {"otel-java", "otel-dotnet", "otel-go", "documented", "otel-python"}) {
    INFO(name);
    const RecorderKind recorder = {find_recorder(name), RuleKind::central};
    const CheckedIndex index({"Shop", "shop", "SHOP*", "sh?P", "*Hop", "*H*p", "S*p", "*/Api/*",
                              "*/api/*/V1/*", "*pI/*", "Sh", "*ho*"},
                             recorder.choices());
    CheckedIndex::Seen seen;
    for (const char* text : {"shop", "Shop", "SHOP", "shoP", "sHop", "hop", "Hop", "xHopx",
                             "x/Api/y", "x/api/y", "x/API/y/v1/z", "x/api/y/V1/z", "sh", "SH"}) {
      CHECK(index.check(text, seen));
    }
    CHECK(seen.matches > 10);
  }
}

TEST_CASE("pattern index: refuses more matches than there is room for, and not one fewer") {
  for (const bool at_end : {false, true}) {
    for (const std::size_t count : {63U, 64U, 65U, 200U}) {
      INFO(count << " patterns");
      std::set<std::string> patterns;
      for (std::size_t size = 1; size <= count; ++size) {
        const std::string run(size, 'a');
        patterns.insert(at_end ? "*" + run : run + "*");
      }
      const CheckedIndex index = index_of(patterns);
      CheckedIndex::Seen seen;
      CHECK(index.check(std::string(300, 'a'), seen) == (count <= PatternMatches::kMost));
      CHECK(index.check(std::string(30, 'a'), seen));
      CHECK(index.check(std::string(PatternMatches::kMost, 'a'), seen));
      CHECK(index.check("b", seen));
    }
  }
}

TEST_CASE("pattern index: refuses where all of very many patterns would have to be asked") {
  // Nothing to look for in them but how long they are.
  const auto index_of_lengths = [](std::size_t count) {
    std::set<std::string> patterns;
    for (std::size_t size = 1; size <= count; ++size) patterns.insert(std::string(size, '?'));
    return index_of(patterns);
  };
  CheckedIndex::Seen seen;
  CHECK(index_of_lengths(60).check("shop", seen));
  CHECK_FALSE(index_of_lengths(300).check("shop", seen));
}

TEST_CASE("pattern index: a part that comes again and again is listed once") {
  const CheckedIndex index = index_of({"*/users/*", "*/users/*/users/*", "*/users/*/orders/*",
                                       "*/orders/*/users/*", "/users/*/orders", "*abc*", "*abcabc*",
                                       "*abc?abc*", "*/users/*x", "*//*", "*/?/*"});
  CheckedIndex::Seen seen;
  for (const char* part :
       {"/users", "/users/1", "/users/1/orders", "abc", "abcX", "/", "//x", "a"}) {
    std::string text;
    for (std::size_t times = 0; times < 40; ++times) {
      // It may be refused where patterns are asked again and again, but not so soon.
      const bool answered = index.check(text, seen);
      CHECK((answered || times > 4));
      index.check(text + "/", seen);
      index.check("/" + text + "/x", seen);
      text += part;
    }
  }
  CHECK(seen.matches > 300);
  CHECK(seen.refused * 2 < seen.asked);
}

TEST_CASE("pattern index: texts with very many slashes") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::set<std::string> patterns;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string own = "/w" + std::to_string(i) + "/";
    patterns.insert("*" + own + "*");
    patterns.insert("*" + own + "*/w" + std::to_string(i * 7 % 60) + "/*");
    patterns.insert("/api*" + own + "*/w" + std::to_string(i * 11 % 60) + "/?");
  }
  patterns.insert("*//*");
  patterns.insert("*//*//*");
  const CheckedIndex index = index_of(patterns);
  CheckedIndex::Seen few;
  CheckedIndex::Seen many;
  for (int i = 0; i < 600; ++i) {
    const std::size_t segments = i % 2 == 0 ? random.below(6) : random.below(500);
    std::string text = random.chance(0.3) ? "/api" : "";
    for (std::size_t s = 0; s < segments; ++s) {
      text += '/';
      if (!random.chance(0.3)) text += "w" + std::to_string(random.below(90));
    }
    if (random.chance(0.5)) text += '/';
    index.check(text, segments < 6 ? few : many);
  }
  index.check(std::string(4000, '/'), many);
  index.check(std::string(3, '/'), few);
  CHECK(few.refused == 0);
  CHECK(few.matches > 300);
}

TEST_CASE("pattern index: says nothing of texts that are not prepared as it wants them") {
  const MatchChoices choices;
  std::vector<CompiledPattern> patterns;
  patterns.emplace_back("a*", choices);
  const PatternIndex index(patterns, true);
  const auto finds = [&](std::string_view text, bool folds, std::size_t room) {
    const ExactSpace space(room);
    PatternMatches matches;
    AskedText asked(prepare(text, folds, space.span()));
    return index.find(asked, patterns, matches);
  };
  CHECK(finds("ab", true, 100));
  CHECK_FALSE(finds("ab", false, 100));
  CHECK_FALSE(finds("ab", true, 10));
  CHECK_FALSE(finds("a*", true, 100));
  CHECK_FALSE(finds("a\xC3\xA9", true, 100));
}
