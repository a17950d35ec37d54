#include "sim/replay/request_memo.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

/// Others for numbers near each other.
RequestTraits traits_of(RuleIndex number) {
  return {{.host = number % 2 == 0 ? "192.0.2.7" : "shop.example"}, FieldBits{number % 64}};
}

/// Asks and remembers as a reader does, and minds that what is known is right.
class Checked {
 public:
  /// Whether the memo knew it.
  bool ask(const std::string& bytes, std::uint32_t layout) {
    const auto [expected, added] =
        answers_.try_emplace({bytes, layout}, static_cast<RuleIndex>(answers_.size()));
    const RequestAnswer answer{expected->second, traits_of(expected->second),
                               expected->second % 3 == 0};
    const RowKey key = RowKey::of(bytes, layout);
    const RequestAnswer* known = memo_.find(key);
    if (known == nullptr) {
      memo_.remember(key, answer);
      return false;
    }
    if (added) FAIL("knows what it was never told");
    REQUIRE(known->rule == answer.rule);
    REQUIRE(known->traits == answer.traits);
    REQUIRE(known->is_broken == answer.is_broken);
    return true;
  }

 private:
  RequestMemo memo_;
  std::map<std::pair<std::string, std::uint32_t>, RuleIndex> answers_;
};

}  // namespace

TEST_CASE("request memo: what it knows is what it was told, however often it is full") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  Checked memo;
  std::size_t found = 0;
  for (int i = 0; i < 200'000; ++i) {
    // Some 30,000 keys of 1 to 400 bytes, alike but for a number at the front or at the end.
    const std::size_t number = random.below(random.below(2) == 0 ? 300 : 30'000);
    const std::string filling((number * 7919) % 400, static_cast<char>('a' + number % 2));
    const std::string digits = std::to_string(number);
    found += memo.ask(number % 3 == 0 ? filling + digits : digits + filling,
                      static_cast<std::uint32_t>(number % 2));
  }
  CHECK(found > 100'000);
  CHECK(found < 200'000);
}

TEST_CASE("request memo: a text that looks like a record is none") {
  // Every text is of pieces of others, at every place that a record can begin at.
  Random random(5);
  Checked memo;
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::size_t units = 1 + random.below(20); units > 0; --units) {
      const std::uint32_t words[4] = {static_cast<std::uint32_t>(random.below(2)),
                                      static_cast<std::uint32_t>(16 * random.below(3)), 0, 0};
      text.append(reinterpret_cast<const char*>(words), sizeof words);
    }
    memo.ask(text, static_cast<std::uint32_t>(random.below(2)));
  }
}

TEST_CASE("request memo: keys that are next to each other are told apart, of any size") {
  Checked memo;
  std::string text;
  for (std::size_t size = 0; size <= RequestMemo::kMostKeyBytes + 1; ++size) {
    const bool kept = size > 0 && size <= RequestMemo::kMostKeyBytes;
    CAPTURE(size);
    CHECK_FALSE(memo.ask(text, 1));
    CHECK(memo.ask(text, 1) == kept);
    CHECK_FALSE(memo.ask(text, 2));
    if (size > 0) {
      for (const auto& [at, letter] :
           {std::pair(std::size_t{0}, 'a'), {size / 2, 'b'}, {size - 1, 'c'}}) {
        std::string other = text;
        other[at] = letter;
        CHECK_FALSE(memo.ask(other, 1));
      }
    }
    text += 'x';
  }
}

TEST_CASE("request memo: where all is new it is asked now and then") {
  RequestMemo memo;
  std::vector<bool> asked;
  for (int i = 0; i < 300'000; ++i) {
    asked.push_back(memo.is_asked());
    memo.count_request();
    if (!asked.back()) continue;
    const std::string text = std::to_string(i);
    memo.remember(RowKey::of(text, 1), {});
  }
  const auto count = std::count(asked.begin(), asked.end(), true);
  CHECK(count > 300'000 / 20);
  CHECK(count < 300'000 / 10);
  // And always, where much is known.
  RequestMemo other;
  for (int i = 0; i < 100'000; ++i) {
    REQUIRE(other.is_asked());
    const std::string text = std::to_string(i % 50);
    const RowKey key = RowKey::of(text, 1);
    if (other.find(key) != nullptr) continue;
    other.count_request();
    other.remember(key, {});
  }
}
