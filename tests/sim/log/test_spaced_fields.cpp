#include "sim/log/spaced_fields.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace dosimeter::sim;

constexpr std::size_t kMost = 5;

struct Split {
  std::vector<std::string> fields;
  bool open_quote = false;

  bool operator==(const Split&) const = default;
};

using Splitter = SpacedFields (*)(std::string_view, std::size_t) noexcept;

/// What stands behind the line must not matter.
Split split(const std::string& line, Splitter splitter, char behind = '"') {
  const std::string padded = line + std::string(kSpacedFieldsPadding, behind);
  const SpacedFields found = splitter(std::string_view(padded).substr(0, line.size()), kMost);
  Split result{{}, found.open_quote()};
  for (std::size_t i = 0; i < found.count(); ++i) result.fields.emplace_back(found[i]);
  CHECK(found[found.count()].empty());
  return result;
}

Split split(const std::string& line) {
  const Split scalar = split(line, split_spaced_fields_scalar);
  for (const Splitter splitter : {split_spaced_fields, split_spaced_fields_baseline}) {
    REQUIRE(split(line, splitter) == scalar);
    REQUIRE(split(line, splitter, ' ') == scalar);
  }
  return scalar;
}

using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("spaced fields: spaces end fields outside of quotes") {
  CHECK(split("a b c").fields == Fields{"a", "b", "c"});
  CHECK(split("").fields == Fields{""});
  CHECK(split(" a  b ").fields == Fields{"", "a", "", "b", ""});
  CHECK(split("a \"b c\" d").fields == Fields{"a", "b c", "d"});
  CHECK(split("\"\" \"-\"").fields == Fields{"", "-"});
  CHECK(split("a\"b c\"d e").fields == Fields{"a\"b c\"d", "e"});
  CHECK(split("1 2 3 4 5 6 \"7").fields == Fields{"1", "2", "3", "4", "5"});
  CHECK_FALSE(split("1 2 3 4 5 6 \"7").open_quote);
}

TEST_CASE("spaced fields: a quote without an end is told") {
  CHECK(split("a \"b c").open_quote);
  CHECK(split("a \"b c").fields == Fields{"a", "\"b c"});
  CHECK(split("\"").open_quote);
  CHECK_FALSE(split("\"\"").open_quote);
  CHECK(split(std::string(63, 'x') + '"').open_quote);
  CHECK(split(std::string(64, 'x') + '"').open_quote);
}

TEST_CASE("spaced fields: a quote behind a backslash is a letter") {
  CHECK(split(R"(a "b \" c" d)").fields == Fields{"a", R"(b \" c)", "d"});
  CHECK(split(R"(a "b \\" c)").fields == Fields{"a", R"(b \\)", "c"});
  CHECK(split(R"(a "b \\\" c" d)").fields == Fields{"a", R"(b \\\" c)", "d"});
  CHECK(split(R"(a\ b)").fields == Fields{R"(a\)", "b"});
  const std::string long_one = std::string(62, 'x') + "\\\" y \"z z\"";
  CHECK(split(long_one).fields == Fields{std::string(62, 'x') + "\\\"", "y", "z z"});
  const std::string at_the_edge = std::string(63, 'x') + "\\\" y";
  CHECK(split(at_the_edge).fields == Fields{std::string(63, 'x') + "\\\"", "y"});
}

TEST_CASE("spaced fields: many bytes at a time find what one at a time does") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 20'000; ++round) {
    const bool backslashes = random.chance(0.2);
    const std::string line = random.text(backslashes ? "ab \"\\" : "abcdefgh \"", 200);
    CAPTURE(line);
    static_cast<void>(split(line));
  }
}
