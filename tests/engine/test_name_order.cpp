#include "engine/src/name_order.h"
#include "tests/support/catch.h"
#include "tests/support/strings.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace dosimeter;
using dosimeter::detail::name_comes_first;

namespace {

std::vector<std::string> sorted(std::vector<std::string> names, PriorityTie tie) {
  std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return name_comes_first(a, b, tie);
  });
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("name order: by code point, by UTF-16 unit, as words, not at all") {
  const Names names = {"a_b", "a", "aB", "B", "a-b", "1a", "_"};
  CHECK(sorted(names, PriorityTie::by_name) == Names{"1a", "B", "_", "a", "a-b", "aB", "a_b"});
  CHECK(sorted(names, PriorityTie::by_utf16_name) ==
        Names{"1a", "B", "_", "a", "a-b", "aB", "a_b"});
  CHECK(sorted(names, PriorityTie::by_cultural_name) ==
        Names{"_", "1a", "a", "a_b", "a-b", "aB", "B"});
  CHECK(sorted(names, PriorityTie::by_position) == names);
}

TEST_CASE("name order: past the basic plane UTF-16 has another order than code points") {
  const std::string emoji = "\xF0\x9F\x98\x80";    // U+1F600, in UTF-16 D83D DE00
  const std::string private_use = "\xEE\x80\x80";  // U+E000
  CHECK(name_comes_first(private_use, emoji, PriorityTie::by_name));
  CHECK(name_comes_first(emoji, private_use, PriorityTie::by_utf16_name));
  CHECK_FALSE(name_comes_first(private_use, emoji, PriorityTie::by_utf16_name));
}

TEST_CASE("name order: each is a strict weak order") {
  const auto names = all_strings({"a", "B", "-", "_", "1"}, 3);
  for (const PriorityTie tie : {PriorityTie::by_name, PriorityTie::by_utf16_name,
                                PriorityTie::by_cultural_name, PriorityTie::by_position}) {
    // Distinct names are ordered one way or the other, but by position.
    for (const std::string& a : names) {
      REQUIRE_FALSE(name_comes_first(a, a, tie));
      for (const std::string& b : names) {
        const bool both = name_comes_first(a, b, tie) && name_comes_first(b, a, tie);
        const bool neither = !name_comes_first(a, b, tie) && !name_comes_first(b, a, tie);
        REQUIRE_FALSE(both);
        REQUIRE(neither == (a == b || tie == PriorityTie::by_position));
      }
    }
    // So sorting is enough to see that it is transitive.
    const Names in_order = sorted(names, tie);
    for (std::size_t i = 0; i < in_order.size(); i += 7) {
      for (std::size_t j = i; j < in_order.size(); j += 5) {
        REQUIRE_FALSE(name_comes_first(in_order[j], in_order[i], tie));
      }
    }
  }
}
