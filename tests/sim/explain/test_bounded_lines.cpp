#include "sim/explain/bounded_lines.h"
#include "tests/sim/log/text_source.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;
using dosimeter::test::TextSource;

namespace {

std::vector<std::string> lines_of(const std::string& text, std::size_t piece) {
  BoundedLines lines(std::make_unique<TextSource>(text, piece), 1000);
  std::vector<std::string> found;
  while (true) {
    const auto line = lines.next();
    REQUIRE(line.has_value());
    if (!line.value()) return found;
    found.emplace_back(*line.value());
    CHECK(lines.line_number() == found.size());
  }
}

}  // namespace

TEST_CASE("lines: the last needs no line feed, and a line feed is not the begin of another") {
  using Lines = std::vector<std::string>;
  CHECK(lines_of("", 1).empty());
  CHECK(lines_of("\n", 1) == Lines{""});
  CHECK(lines_of("a\n\nb", 1) == Lines{"a", "", "b"});
  CHECK(lines_of("a\r\nb\n", 9) == Lines{"a\r", "b"});
}

TEST_CASE("lines: pieces make no difference") {
  Random random;
  for (int round = 0; round < 300; ++round) {
    const std::string text = random.text("ab\n", 60);
    CAPTURE(text);
    CHECK(lines_of(text, 1 + random.below(5)) == lines_of(text, 1000));
  }
}

TEST_CASE("lines: one that is too long is refused, with or without its end") {
  const auto outcome = [](std::size_t length, const char* end) {
    BoundedLines lines(std::make_unique<TextSource>("x\n" + std::string(length, 'a') + end, 7),
                       std::size_t{1} << 20);
    CHECK(lines.next().has_value());
    const auto line = lines.next();
    CHECK(lines.line_number() == 2);
    return line ? "" : line.error().message;
  };
  for (const char* end : {"", "\n"}) {
    CHECK(outcome(1 << 20, end).empty());
    CHECK(outcome((1 << 20) + 1, end) == "a line must be at most 1 MiB, got a longer one");
  }
}

TEST_CASE("lines: whether the next is there is known without waiting") {
  BoundedLines lines(std::make_unique<TextSource>("a\nb\nc", 4), 10);
  CHECK_FALSE(lines.is_ready());
  CHECK(lines.next().value() == "a");
  CHECK(lines.is_ready());
  CHECK(lines.next().value() == "b");
  CHECK_FALSE(lines.is_ready());
  CHECK(lines.next().value() == "c");
  CHECK(lines.is_ready());
}
