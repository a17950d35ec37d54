#include "engine/src/radix_tree.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <utility>

using namespace dosimeter::detail;

namespace {

template <ReadingOrder order>
using Key = typename RadixTree<order>::Key;
/// Patterns, and whether each is certain.
using Found = std::vector<std::pair<PatternId, bool>>;

/// With letters of keys around it, which are none of the text's business.
class Surrounded {
 public:
  explicit Surrounded(const std::string& text)
      : whole_("aabbaabb" + text + "aabbaabb"),
        view_(std::string_view(whole_).substr(8, text.size())) {}
  Surrounded(const Surrounded&) = delete;  // view_ views whole_
  Surrounded& operator=(const Surrounded&) = delete;
  [[nodiscard]] std::string_view view() const { return view_; }

 private:
  std::string whole_;
  std::string_view view_;
};

template <ReadingOrder order>
bool fits(const Key<order>& key, std::string_view text) {
  return order == ReadingOrder::forwards ? text.starts_with(key.text) : text.ends_with(key.text);
}

template <ReadingOrder order>
Found asked_one_by_one(const std::vector<Key<order>>& keys, std::string_view text) {
  Found found;
  for (const Key<order>& key : keys) {
    if (fits<order>(key, text)) found.emplace_back(key.candidate.pattern, key.candidate.certain);
  }
  return found;
}

template <ReadingOrder order>
Found walked(const RadixTree<order>& tree, std::string_view text) {
  Found found;
  CHECK(tree.walk(text, [&](Candidate candidate) {
    found.emplace_back(candidate.pattern, candidate.certain);
    return true;
  }));
  std::sort(found.begin(), found.end());
  return found;
}

template <ReadingOrder order>
std::vector<Key<order>> random_keys(Random& random) {
  std::vector<Key<order>> keys;
  const std::size_t longest = random.chance(0.5) ? 30 : 9;
  for (std::size_t count = random.below(80); count > 0; --count) {
    std::string text;
    if (!keys.empty() && random.chance(0.5)) {
      // Of another: itself, a part, or more.
      text = keys[random.below(keys.size())].text;
      const std::size_t how = random.below(4);
      const std::size_t at = random.below(text.size() + 1);
      if (how == 0) text = text.substr(at);
      if (how == 1) text.resize(at);
      if (how == 2) text += random.text("ab", 9);
    } else {
      text = random.text("ab", longest);
    }
    if (text.empty()) text = "b";
    const auto id = static_cast<PatternId>(keys.size());
    keys.push_back({text, {id, random.chance(0.5)}});
  }
  return keys;
}

template <ReadingOrder order>
std::string random_text(Random& random, const std::vector<Key<order>>& keys) {
  if (keys.empty() || random.chance(0.3)) return random.text("ab", 40);
  std::string text = keys[random.below(keys.size())].text;
  const std::string more = random.text("ab", 12);
  const std::size_t how = random.below(5);
  if (how == 0) text += more;
  if (how == 1) text.insert(0, more);
  if (how == 2) text.resize(random.below(text.size() + 1));
  if (how == 3 && !text.empty()) text[random.below(text.size())] = 'c';
  return text;
}

template <ReadingOrder order>
void check_random() {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t candidates = 0;
  for (int round = 0; round < 400; ++round) {
    const std::vector<Key<order>> keys = random_keys<order>(random);
    const RadixTree<order> tree(keys);
    REQUIRE(tree.empty() == keys.empty());
    for (int i = 0; i < 50; ++i) {
      const std::string text = random_text<order>(random, keys);
      const Surrounded surrounded(text);
      const Found expected = asked_one_by_one<order>(keys, text);
      candidates += expected.size();
      const Found found = walked(tree, surrounded.view());
      if (found != expected) {
        FAIL("\"" << text << "\": " << found.size() << " of " << keys.size() << " keys, expected "
                  << expected.size());
      }
      // Wherever the visitor stops, the walk does.
      for (std::size_t stop = 1; stop <= expected.size(); ++stop) {
        std::size_t seen = 0;
        REQUIRE_FALSE(tree.walk(surrounded.view(), [&](Candidate) { return ++seen != stop; }));
        REQUIRE(seen == stop);
      }
    }
  }
  CHECK(candidates > 50'000);
}

template <ReadingOrder order>
void check_deep() {
  constexpr std::size_t kLongest = 4096;
  std::vector<Key<order>> keys;
  for (std::size_t size = 1; size <= kLongest; ++size) {
    keys.push_back({std::string(size, 'a'), {static_cast<PatternId>(size), true}});
  }
  const RadixTree<order> tree(keys);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{8}, std::size_t{2047},
                                 kLongest - 1, kLongest, kLongest + 1}) {
    std::string text(size, 'a');
    CHECK(walked(tree, Surrounded(text).view()).size() == std::min(size, kLongest));
    text = order == ReadingOrder::forwards ? text + "b" : "b" + text;
    CHECK(walked(tree, Surrounded(text).view()).size() == std::min(size, kLongest));
  }
}

}  // namespace

TEST_CASE("radix tree: shows the keys that texts start with, as a loop over all does") {
  check_random<ReadingOrder::forwards>();
}

TEST_CASE("radix tree: shows the keys that texts end with, as a loop over all does") {
  check_random<ReadingOrder::backwards>();
}

TEST_CASE("radix tree: keys of the greatest size, each the start of the next") {
  check_deep<ReadingOrder::forwards>();
  check_deep<ReadingOrder::backwards>();
}

TEST_CASE("radix tree: tells all bytes apart, zero and those beyond ASCII too") {
  std::vector<Key<ReadingOrder::forwards>> keys;
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (byte % 3 != 0) keys.push_back({std::string(1, static_cast<char>(byte)), {byte, true}});
  }
  const RadixTree<ReadingOrder::forwards> tree(keys);
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const Found expected = byte % 3 != 0 ? Found{{byte, true}} : Found{};
    CHECK(walked(tree, Surrounded(text).view()) == expected);
    CHECK(walked(tree, Surrounded(text + text).view()) == expected);
  }
  CHECK(walked(tree, Surrounded("").view()).empty());
}
