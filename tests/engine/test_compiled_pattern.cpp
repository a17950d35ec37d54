#include "engine/src/compiled_pattern.h"
#include "tests/engine/exact_text.h"
#include "tests/oracle/glob_table.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>

using namespace dosimeter;
using namespace dosimeter::detail;
using namespace dosimeter::test;

namespace {

/// Letters that differ from place to place.
std::string letters(std::size_t size, std::size_t from) {
  std::string made;
  for (std::size_t i = 0; i < size; ++i) made += static_cast<char>('a' + (from + 5 * i) % 26);
  return made;
}

/// Text as it is, and where there is no room to prepare it.
void check(const CompiledPattern& pattern, const std::string& spelling, const std::string& given) {
  const bool expected = oracle::matches_by_table(spelling, in_small_letters(given));
  const ExactText text(given);
  for (const std::size_t room : {given.size() + PreparedText::kMargins, std::size_t{0}}) {
    const ExactSpace space(room);
    PreparedText prepared = prepare(text.view(), true, space.span());
    bool same = pattern.matches(prepared) == expected;
    if (prepared.has_copy()) {
      find_trigrams(prepared);
      same = same && pattern.matches(prepared) == expected;
    }
    if (!same) {
      FAIL("\"" << spelling << "\", \"" << given << "\"" << (room == 0 ? " without room" : "")
                << ": expected " << expected);
    }
  }
}

/// The text, all that differ from it in one place, and those that are shorter or longer by one.
void check_around(const CompiledPattern& pattern, const std::string& spelling,
                  const std::string& text) {
  check(pattern, spelling, text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = '#';
    check(pattern, spelling, other);
    other[i] = static_cast<char>(text[i] ^ 0x20);
    check(pattern, spelling, other);
    other.erase(i, 1);
    check(pattern, spelling, other);
    other.insert(i, 2, text[i]);
    check(pattern, spelling, other);
  }
  check(pattern, spelling, text + "#");
  check(pattern, spelling, "#" + text);
}

}  // namespace

TEST_CASE("compiled pattern: heads and tails of every size, and what stands between them") {
  for (std::size_t head = 0; head <= 19; ++head) {
    for (std::size_t tail = 0; tail <= 19; ++tail) {
      const std::string first = letters(head, 0);
      const std::string last = letters(tail, 13);
      for (const char* middle : {"", "*", "?", "*?*", "*xy*", "*x?y*z*"}) {
        const std::string spelling = first + middle + last;
        const CompiledPattern pattern(spelling, {});
        const std::string between = std::string(middle).size() < 4 ? "q" : "xqyqxyz";
        check(pattern, spelling, first + last);
        check(pattern, spelling, first + between + last);
        check(pattern, spelling, first);
        check(pattern, spelling, last);
        // As if they could overlap.
        if (head > 0) check(pattern, spelling, first.substr(0, head - 1) + last);
        if (tail > 0) check(pattern, spelling, first + between + last.substr(1));
        if (head % 4 == 0 && tail % 3 == 0) {
          check_around(pattern, spelling, first + between + last);
        }
      }
    }
  }
}

TEST_CASE("compiled pattern: a part of every size, at every place of a text") {
  for (std::size_t size = 1; size <= 20; ++size) {
    const std::string part = letters(size, 3);
    for (const std::string& spelling :
         {"*" + part + "*", "/*" + part + "*", "*" + part + "*/", "*?" + part + "*",
          "*b*" + part + "*", "?*" + part + "*?*"}) {
      const CompiledPattern pattern(spelling, {});
      for (std::size_t before = 0; before <= 9; ++before) {
        for (const std::size_t after : {0U, 1U, 7U, 8U}) {
          const std::string text =
              "/" + std::string(before, part[0]) + part + std::string(after, part.back());
          check(pattern, spelling, text);
          check(pattern, spelling, text + "/");
          check(pattern, spelling, text.substr(0, text.size() - 1 - after));
          check(pattern, spelling, part.substr(0, size - 1) + text.substr(1, before) + part);
        }
      }
      if (size % 5 < 2) check_around(pattern, spelling, "/b" + part + "/");
    }
  }
}

TEST_CASE("compiled pattern: random ones, and texts both short and too long to be tried") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 120; ++i) {
    std::string text = random.text("ab/", random.chance(0.2) ? 600 : 60);
    std::string spelling = text.substr(0, 400);
    for (std::size_t wildcards = random.below(6); wildcards > 0; --wildcards) {
      const std::size_t at = random.below(spelling.size() + 1);
      const std::size_t length = random.below(std::min<std::size_t>(spelling.size() - at, 30) + 1);
      spelling.replace(at, length, random.chance(0.7) ? "*" : std::string(length, '?'));
    }
    const CompiledPattern pattern(spelling, {});
    check(pattern, spelling, text);
    for (int n = 0; n < 4 && !text.empty(); ++n) {
      text[random.below(text.size())] = random.chance(0.5) ? 'A' : 'b';
      check(pattern, spelling, text);
    }
  }
}
