#include "engine/src/trigrams.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>

using namespace dosimeter::detail;

namespace {

TrigramFilter filter_of(const std::string& text) {
  TrigramFilter filter = TrigramFilter::of_nothing();
  filter.add_all(text);
  return filter;
}

/// Whether every three bytes of `part` stand next to one another in `text`.
bool has_all_of(const std::string& text, const std::string& part) {
  for (std::size_t i = 0; i + kTrigram <= part.size(); ++i) {
    if (text.find(part.substr(i, kTrigram)) == std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("trigrams: never says no where all of them are there, and mostly says it where not") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t there = 0;
  std::size_t others = 0;
  std::size_t found_out = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random.text("abcdefghij/", 24);
    const std::string part = random.chance(0.5)
                                 ? random.text("abcdefghij/", 5)
                                 : text.substr(random.below(text.size() + 1), random.below(9));
    const bool says = filter_of(text).may_have_all_of(filter_of(part));
    if (has_all_of(text, part)) {
      ++there;
      if (!says) FAIL("\"" << text << "\" has all of \"" << part << "\"");
    } else {
      ++others;
      found_out += !says;
    }
  }
  CHECK(there > 5000);
  CHECK(others > 3000);
  CHECK(found_out * 10 > others * 6);
}

TEST_CASE("trigrams: short texts have none, and a filter that never looked has all") {
  CHECK(filter_of("").may_have_all_of(filter_of("ab")));
  CHECK_FALSE(filter_of("ab").may_have_all_of(filter_of("abc")));
  CHECK(filter_of("abc").may_have_all_of(filter_of("abc")));
  CHECK(TrigramFilter().may_have_all_of(filter_of("abcdefghijklmnopqrstuvwxyz")));
  CHECK_FALSE(TrigramFilter::of_nothing().may_have_all_of(TrigramFilter()));
}

TEST_CASE("trigrams: a hash is of three bytes and no more") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 1000; ++i) {
    std::string bytes;
    while (bytes.size() < 4) bytes += static_cast<char>(random.below(256));
    const std::uint64_t hash = trigram_hash(bytes.data());
    for (std::size_t place = 0; place < 4; ++place) {
      std::string other = bytes;
      other[place] = static_cast<char>(other[place] ^ (1 << random.below(8)));
      CHECK((trigram_hash(other.data()) == hash) == (place == 3));
    }
  }
}
