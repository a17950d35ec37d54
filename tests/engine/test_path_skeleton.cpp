#include "engine/src/path_skeleton.h"
#include "tests/engine/exact_text.h"
#include "tests/engine/random_rules.h"
#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"

#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;
using namespace dosimeter::test;

namespace {

/// Patterns, their skeletons, and what texts of each skeleton match.
class CheckedSkeletons {
 public:
  explicit CheckedSkeletons(const std::set<std::string>& patterns, const MatchChoices& choices = {})
      : texts_(patterns.begin(), patterns.end()), folds_(folds_text(choices)) {
    for (const std::string& pattern : texts_) patterns_.emplace_back(pattern, choices);
    skeletons_ = PathSkeletons(patterns_, folds_);
  }

  [[nodiscard]] std::string of(const std::string& given) const {
    const ExactText text(given);
    const ExactSpace space(given.size() + PreparedText::kMargins);
    PathSkeletons::Space skeleton_space;
    return std::string(skeletons_.of(prepare(text.view(), folds_, space.span()), skeleton_space));
  }

  /// Fails where a text of the same skeleton matches other patterns, or one whose skeleton is this
  /// text.
  void check(const std::string& text) {
    check_as_literal(text);
    const std::string skeleton = of(text);
    if (skeleton.empty()) return;
    ++asked_;
    const auto [known, is_new] = known_.try_emplace(skeleton, text, matched(text));
    if (is_new || known->second.second == matched(text)) return;
    std::string shown;
    for (const std::string& pattern : texts_) shown += "\n  " + pattern;
    FAIL("\"" << text << "\" and \"" << known->second.first << "\" have one skeleton:" << shown);
  }

  [[nodiscard]] std::size_t asked() const { return asked_; }
  [[nodiscard]] std::size_t skeletons() const { return known_.size(); }
  /// How many were known by the text itself.
  [[nodiscard]] std::size_t literals() const { return literals_; }

 private:
  void check_as_literal(const std::string& given) {
    const ExactText text(given);
    const ExactSpace space(given.size() + PreparedText::kMargins);
    const PreparedText prepared = prepare(text.view(), folds_, space.span());
    if (!skeletons_.may_be_literal(prepared)) return;
    const auto known = known_.find(std::string(prepared.copy));
    if (known == known_.end()) return;
    ++literals_;
    if (known->second.second != matched(given)) {
      FAIL("\"" << given << "\" is the skeleton of \"" << known->second.first << "\"");
    }
  }

  [[nodiscard]] std::vector<bool> matched(const std::string& text) const {
    std::vector<bool> all;
    for (const CompiledPattern& pattern : patterns_) {
      all.push_back(pattern.reference_outcome(text) == PatternOutcome::matches);
    }
    return all;
  }

  std::vector<std::string> texts_;
  bool folds_;
  std::vector<CompiledPattern> patterns_;
  PathSkeletons skeletons_;
  std::map<std::string, std::pair<std::string, std::vector<bool>>> known_;
  std::size_t asked_ = 0;
  std::size_t literals_ = 0;
};

/// All texts of at most so many letters.
std::vector<std::string> all_texts(std::string_view letters, std::size_t longest) {
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() == longest) continue;
    for (const char letter : letters) texts.push_back(texts[i] + letter);
  }
  return texts;
}

/// Made of few tokens, some of which look like ids, with what is near to them.
std::string token(Random& random) {
  static const std::vector<std::string> kTokens = {
      "api",  "v1", "v2",      "users", "Users", "orders",     "4711", "42", "7",   "",
      "a1b2", "x",  "id-4711", "4-",    "-4",    "12.css",     ".css", "js", "a-b", "77777777",
      "_",    "--", "user",    "42.js", "v1-2",  "4711-users", "1x",   "..", "00",  "1a-42"};
  std::string made = kTokens[random.below(kTokens.size())];
  const std::size_t how = random.below(8);
  if (how == 0) made += std::to_string(random.below(1000));
  if (how == 1) made.insert(0, std::to_string(random.below(100)));
  if (how == 2 && !made.empty()) made.erase(random.below(made.size()), 1);
  return made;
}

std::string path(Random& random) {
  std::string made = random.chance(0.9) ? "/" : "";
  for (std::size_t left = 1 + random.below(5); left > 0; --left) {
    made += token(random);
    if (left > 1 || random.chance(0.2)) made += '/';
  }
  if (random.chance(0.05)) made += std::string(random.below(130), '9');
  return made;
}

std::string pattern(Random& random) {
  std::string made = path(random);
  for (std::size_t left = random.below(5); left > 0; --left) {
    const std::size_t at = random.below(made.size() + 1);
    const std::size_t length = std::min(random.below(4), made.size() - at);
    made.replace(at, length, random.chance(0.6) ? "*" : "?");
  }
  return made;
}

/// The same with a digit or two others, or one more, or one less.
std::string near(Random& random, std::string text) {
  for (int i = 0; i < 3; ++i) {
    if (text.empty()) return text;
    const std::size_t at = random.below(text.size());
    switch (random.below(5)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>('0' + random.below(10)));
        break;
      case 2:
        text[at] = random.chance(0.5) ? '/' : 'a';
        break;
      default:
        if (text[at] != '/') text[at] = static_cast<char>('0' + random.below(10));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("path skeletons: texts of one match the same patterns, all small ones") {
  const std::vector<std::string> texts = all_texts("12/a", 5);
  std::size_t shared = 0;
  for (const std::string& pattern : all_texts("1/*?", 4)) {
    CheckedSkeletons skeletons({pattern});
    for (const std::string& text : texts) skeletons.check(text);
    shared += skeletons.asked() - skeletons.skeletons();
  }
  CHECK(shared > 50'000);
}

TEST_CASE("path skeletons: texts of one match the same patterns, several at once") {
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<std::string> patterns = all_texts("1/*?", 5);
  const std::vector<std::string> texts = all_texts("12/", 5);
  for (std::size_t round = 0; round < 150 * test_dose(); ++round) {
    std::set<std::string> some;
    while (some.size() < 2 + round % 3) some.insert(patterns[random.below(patterns.size())]);
    CheckedSkeletons skeletons(some);
    for (const std::string& text : texts) skeletons.check(text);
  }
}

TEST_CASE("path skeletons: texts of one match the same patterns, as paths are, of every recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t shared = 0;
  std::size_t literals = 0;
  for (std::size_t dose = 0; dose < test_dose(); ++dose) {
    for (const RecorderKind& recorder : recorder_kinds()) {
      INFO(recorder.name());
      std::set<std::string> patterns;
      for (std::size_t left = 1 + random.below(12); left > 0; --left) {
        patterns.insert(pattern(random));
      }
      CheckedSkeletons skeletons(patterns, recorder.choices());
      std::string text;
      for (int i = 0; i < 1000; ++i) {
        text = random.chance(0.2) ? path(random) : near(random, text);
        if (random.chance(0.1)) text = pattern(random);  // with what is no ordinary text
        if (random.chance(0.1)) {
          text = *std::next(patterns.begin(),
                            static_cast<std::ptrdiff_t>(random.below(patterns.size())));
        }
        if (random.chance(0.1)) text[random.below(text.size() + 1)] ^= 0x20;
        skeletons.check(text);
      }
      shared += skeletons.asked() - skeletons.skeletons();
      literals += skeletons.literals();
    }
  }
  CHECK(shared > 2'000);
  CHECK(literals > 100);
}

TEST_CASE("path skeletons: what is no run is left out, and its size as far as it may matter") {
  const CheckedSkeletons skeletons({"/api/v1/users/*", "*/users/*/orders/?", "*.css", "/img-*/x"});
  const auto same = [&](const std::string& a, const std::string& b) {
    CHECK_FALSE(skeletons.of(a).empty());
    return skeletons.of(a) == skeletons.of(b);
  };
  CHECK(same("/api/v1/users/4711", "/api/v1/users/42"));
  CHECK(same("/api/v1/users/4711", "/API/V1/Users/0b5e-42aa"));
  CHECK(same("/api/v1/users/4711/orders/12", "/api/v1/users/12/orders/4711"));
  CHECK(same("/static/4711.css", "/static/0815.css"));
  CHECK(same("/img-4711/yy", "/img-12/zzz"));
  CHECK(same("/api/v1/users/12/likes", "/api/v1/users/13/notes"));
  CHECK_FALSE(same("/api/v1/users/4711", "/api/v1/users/7"));  // one byte or more
  CHECK_FALSE(same("/api/v1/users/4711", "/api/v1/users/4711/"));
  CHECK_FALSE(same("/api/v1/users/4711", "/api/v1/4711/users"));
  CHECK_FALSE(same("/static/4711.css", "/static/4711.js"));
  CHECK_FALSE(same("/img-4711/x", "/pic-4711/x"));
  CHECK_FALSE(same("/api/v1/users/12/orders/3", "/api/v1/users/12/offers/3"));
}

TEST_CASE("path skeletons: a text that may be a pattern without wildcards is its own") {
  const CheckedSkeletons skeletons({"/users/4711", "/users/*/me"});
  CHECK(skeletons.of("/users/4711") == "/users/4711");
  CHECK(skeletons.of("/users/4712") == skeletons.of("/users/9999"));
  CHECK(skeletons.of("/users/4712") != "/users/4712");
  // One whose letter case counts where that of others does not has none.
  MatchChoices choices;
  choices.literal_letter_case = LetterCase::exact;
  const CheckedSkeletons exact({"/users/x4711", "/users/*/me"}, choices);
  CHECK(exact.of("/users/X4711").empty());
  CHECK_FALSE(exact.of("/users/X4712").empty());
}

TEST_CASE("path skeletons: there is none of long and extraordinary texts") {
  const CheckedSkeletons skeletons({"/a/*"});
  const std::size_t longest = PathSkeletons::kMostTextBytes;
  CHECK_FALSE(skeletons.of("/" + std::string(longest - 1, '4')).empty());
  CHECK(skeletons.of("/" + std::string(longest, '4')).empty());
  CHECK(skeletons.of("/a/*").empty());
  CHECK(skeletons.of("/a/\xC3\xA9").empty());
  CHECK(skeletons.of("").empty());
  // And none of any text where a pattern asks for what none can tell.
  CHECK(CheckedSkeletons({"/a/*", "/\xC3\xA9*"}).of("/a/b").empty());
  CHECK(CheckedSkeletons({std::string(31, '?')}).of("/a/b").empty());
  CHECK_FALSE(CheckedSkeletons({std::string(30, '?')}).of("/a/b").empty());
}

TEST_CASE("path skeletons: ids wherever they stand in a text") {
  const CheckedSkeletons skeletons({"/a/*"});
  for (std::size_t before = 0; before < 110; ++before) {
    const std::string head = "/" + std::string(before, 'x') + "/";
    std::set<std::string> seen;
    for (const std::string id : {"42", "4711", "9-9", "0123456789"}) {
      for (const std::string tail : {"/", "/end-1", ""}) {
        if (head.size() + id.size() + tail.size() > PathSkeletons::kMostTextBytes) continue;
        seen.insert(skeletons.of(head + id + tail));
      }
    }
    CHECK(seen.size() <= 3);
  }
}
