#include "engine/src/field_memo.h"
#include "tests/engine/exact_text.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::detail;
using dosimeter::test::ExactText;

namespace {

/// One that can be told from every other.
FieldAnswer answer_of(std::uint64_t number) {
  FieldAnswer answer = FieldAnswer::none();
  for (std::size_t w = 0; w < FieldAnswer::kWords; ++w) answer.add_rules(w, number * (w + 1));
  return answer;
}

bool is_answer(const FieldAnswer& answer, std::uint64_t number) {
  for (std::size_t w = 0; w < FieldAnswer::kWords; ++w) {
    if (answer.rules(w) != number * (w + 1)) return false;
  }
  return true;
}

/// A memo, and all that was ever put there.
class CheckedMemo {
 public:
  void put(Field field, const std::string& text) {
    const auto [known, is_new] = numbers_.try_emplace({field, text}, numbers_.size() + 1);
    if (!is_new && find(field, text)) return;  // as its users do
    memo_.put(field, ExactText(text).view(), answer_of(known->second));
  }

  /// Whether it is there; fails if what is there is another's.
  bool find(Field field, const std::string& text) const {
    const FieldAnswer* const found = memo_.find(field, ExactText(text).view());
    if (found == nullptr) return false;
    const auto known = numbers_.find({field, text});
    if (known == numbers_.end() || !is_answer(*found, known->second)) {
      FAIL("another's answer: " << text.size() << " bytes in " << field_name(field));
    }
    return true;
  }

  /// Whether anything of all that was put is there.
  [[nodiscard]] bool has_any() const {
    for (const auto& [key, number] : numbers_) {
      if (find(key.first, key.second)) return true;
    }
    return false;
  }
  void clear() { memo_.clear(); }

 private:
  FieldMemo memo_;
  std::map<std::pair<Field, std::string>, std::uint64_t> numbers_;
};

std::string random_text(Random& random, std::size_t size) {
  std::string text;
  while (text.size() < size) text += static_cast<char>(random.below(256));
  return text;
}

}  // namespace

TEST_CASE("field memo: what was put is found, in every field and of every size it takes") {
  Random random;
  INFO("seed " << Random::default_seed());
  CheckedMemo memo;
  for (const Field field : kFields) {
    for (std::size_t size = 0; size <= FieldMemo::kMostBytes + 6; ++size) {
      INFO(field_name(field) << ", " << size << " bytes");
      const std::string text = random_text(random, size);
      CHECK_FALSE(memo.find(field, text));
      memo.put(field, text);
      CHECK(memo.find(field, text) == (size <= FieldMemo::kMostBytes));
      for (const Field other : kFields) {
        if (other != field && size > 3) CHECK_FALSE(memo.find(other, text));
      }
    }
  }
}

TEST_CASE("field memo: texts that differ in one byte") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (std::size_t size = 1; size <= FieldMemo::kMostBytes; ++size) {
    CheckedMemo memo;
    const std::string text = random_text(random, size);
    memo.put(Field::host, text);
    std::vector<std::string> others;
    for (std::size_t place = 0; place < size; ++place) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        std::string other = text;
        other[place] = static_cast<char>(other[place] ^ (1 << bit));
        if (memo.find(Field::host, other)) FAIL("bit " << bit << " at " << place << " of " << size);
        others.push_back(other);
      }
    }
    for (const std::string& other : others) {
      memo.put(Field::host, other);
      if (!memo.find(Field::host, other)) FAIL("not found, of " << size << " bytes");
      memo.find(Field::host, text);
    }
    for (const std::string& other : others) memo.find(Field::host, other);
  }
}

TEST_CASE("field memo: texts that are the start, the end or a rotation of one another") {
  Random random;
  INFO("seed " << Random::default_seed());
  // Short texts stand in several words at once: of one letter, or of a few that come again, most of
  // their words are the same.
  for (const std::string period : {"a", "ab", "abcd", "abcdefgh", "abcdefghijklmnop"}) {
    CheckedMemo memo;
    std::string whole;
    while (whole.size() < 200) whole += period;
    std::vector<std::string> texts;
    for (std::size_t size = 0; size <= FieldMemo::kMostBytes; ++size) {
      for (std::size_t from = 0; from < period.size(); ++from) {
        texts.push_back(whole.substr(from, size));
        texts.push_back(whole.substr(from, size / 2) + whole.substr(from + 1, size - size / 2));
        texts.push_back(texts.back() + std::string(1, '\0'));
      }
    }
    for (int round = 0; round < 4000; ++round) {
      const std::string& text = texts[random.below(texts.size())];
      const Field field = kFields[random.below(2)];
      memo.find(field, text);
      memo.put(field, text);
      if (!memo.find(field, text) && text.size() <= FieldMemo::kMostBytes) FAIL("not found");
    }
  }
}

TEST_CASE("field memo: more texts than places") {
  Random random;
  INFO("seed " << Random::default_seed());
  CheckedMemo memo;
  std::vector<std::pair<Field, std::string>> asked;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const Field field = kFields[random.below(kFieldCount)];
    const std::string text = random_text(random, random.below(3) == 0 ? 12 : random.below(50));
    memo.put(field, text);
    if (!memo.find(field, text)) FAIL("not found where it was just put, after " << i);
    asked.emplace_back(field, text);
    const auto& [old_field, old_text] = asked[random.below(asked.size())];
    memo.find(old_field, old_text);
    // Never put: by so many some are looked for where a text of the same tag is.
    for (int n = 0; n < 40; ++n) memo.find(field, random_text(random, 12));
  }
  std::size_t remembered = 0;
  for (std::size_t i = asked.size() - 300; i < asked.size(); ++i) {
    remembered += memo.find(asked[i].first, asked[i].second);
  }
  CHECK(remembered > 200);
}

TEST_CASE("field memo: remembers as many texts as a service has hosts, and forgets all at once") {
  CheckedMemo memo;
  std::vector<std::string> hosts;
  for (std::size_t i = 0; i < 500; ++i) {
    hosts.push_back("ip-10-0-" + std::to_string(i) + ".eu-west-1.compute.internal");
    memo.put(Field::host, hosts.back());
  }
  std::size_t remembered = 0;
  for (const std::string& host : hosts) remembered += memo.find(Field::host, host);
  CHECK(remembered > 480);
  memo.clear();
  CHECK_FALSE(memo.has_any());
  memo.put(Field::host, hosts[0]);
  CHECK(memo.find(Field::host, hosts[0]));
}
