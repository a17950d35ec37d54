#include "sim/log/csv_splitter.h"
#include "tests/oracle/csv_twin.h"
#include "tests/sim/log/text_source.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace {

using dosimeter::oracle::csv_twin;
using dosimeter::oracle::CsvTwinRecord;
using dosimeter::sim::ByteSource;
using dosimeter::sim::CsvEvent;
using dosimeter::sim::CsvSplitter;
using dosimeter::test::ShortReadSource;
using dosimeter::test::TextSource;
using Kind = CsvTwinRecord::Kind;
using Records = std::vector<CsvTwinRecord>;

constexpr std::size_t kMiB = std::size_t{1} << 20;

/// The records up to the end or the failure.
Records split(std::unique_ptr<ByteSource> source, CsvSplitter::Limits limits,
              char delimiter = ',') {
  CsvSplitter splitter(std::move(source), limits);
  splitter.set_delimiter(delimiter);
  Records records;
  for (;;) {
    const CsvEvent event = splitter.next();
    if (event == CsvEvent::end || event == CsvEvent::failed) return records;
    CsvTwinRecord record;
    record.line = splitter.line();
    if (event == CsvEvent::too_long) record.kind = Kind::too_long;
    if (event == CsvEvent::unterminated_quote) record.kind = Kind::unterminated_quote;
    if (event == CsvEvent::record) {
      record.fields.assign(splitter.fields().begin(), splitter.fields().end());
    }
    records.push_back(std::move(record));
  }
}

Records split(const std::string& text, CsvSplitter::Limits limits, char delimiter = ',',
              std::size_t most = std::string::npos) {
  return split(std::make_unique<TextSource>(text, most), limits, delimiter);
}

Records split(const std::string& text) {
  return split(text, CsvSplitter::Limits{});
}

std::string shown(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
  return result;
}

void for_every_text(std::size_t length, const std::function<void(const std::string&)>& check) {
  constexpr std::string_view kLetters = "a,\"\n\r";
  std::vector<std::size_t> digits(length, 0);
  std::string text(length, kLetters[0]);
  for (;;) {
    check(text);
    std::size_t place = 0;
    while (place < length && ++digits[place] == kLetters.size()) {
      digits[place] = 0;
      text[place++] = kLetters[0];
    }
    if (place == length) return;
    text[place] = kLetters[digits[place]];
  }
}

void compare(const std::string& text, std::size_t limit, const std::vector<std::size_t>& blocks) {
  const Records expected = csv_twin(text, ',', limit);
  for (const std::size_t block : blocks) {
    if (split(text, {limit, block}) != expected) {
      FAIL("text " << shown(text) << ", limit " << limit << ", block " << block);
    }
  }
}

}  // namespace

TEST_CASE("csv: every short text is split as the slow twin does, whatever the block size") {
  const std::vector<std::size_t> all = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  for (std::size_t length = 0; length <= 5; ++length) {
    for_every_text(length, [&](const std::string& text) {
      for (const std::size_t limit : {std::size_t{1}, std::size_t{2}, std::size_t{3}, kMiB}) {
        compare(text, limit, all);
      }
    });
  }
  for_every_text(6, [](const std::string& text) {
    for (const std::size_t limit : {std::size_t{2}, std::size_t{4}, kMiB}) {
      compare(text, limit, {1, 2, 3, 5, 16});
    }
  });
  for_every_text(7, [](const std::string& text) {
    compare(text, 3, {1, 16});
    compare(text, kMiB, {1, 2, 3, 16});
  });
  for_every_text(8, [](const std::string& text) { compare(text, kMiB, {3}); });
}

TEST_CASE("csv: random longer texts are split as the slow twin does") {
  constexpr std::string_view kLetters = "abc,,,;\"\"\"\n\n\r\t ";
  std::mt19937 random(20260504);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 200, ' ');
    for (char& c : text) c = kLetters[random() % kLetters.size()];
    compare(text, 1 + random() % 40, {1 + random() % 20, 4096});
    compare(text, kMiB, {1 + random() % 20, 4096});
    const CsvSplitter::Limits limits{30, 64};
    REQUIRE(split(text, limits, ';', 1 + random() % 7) == csv_twin(text, ';', 30));
    REQUIRE(split(std::make_unique<ShortReadSource>(text, random(), 9), limits) ==
            csv_twin(text, ',', 30));
    REQUIRE(split(std::make_unique<ShortReadSource>(text, random(), 40), {kMiB, 50}) ==
            csv_twin(text, ',', kMiB));
  }
}

TEST_CASE("csv: fields are what people mean") {
  struct Row {
    std::string text;
    std::vector<std::string> fields;
  };
  const std::vector<Row> rows = {
      {"a,b,c", {"a", "b", "c"}},
      {"a,b\r\n", {"a", "b"}},
      {"a,b\r", {"a", "b"}},
      {",", {"", ""}},
      {"\"a,b\",c", {"a,b", "c"}},
      {"\"a\nb\",c\n", {"a\nb", "c"}},
      {"\"a\r\nb\"\r\n", {"a\r\nb"}},
      {"\"say \"\"yes\"\"\",x", {"say \"yes\"", "x"}},
      {"\"\"\"\"", {"\""}},
      {"\"\",\"\"", {"", ""}},
      {"\"a\"b,c", {"ab", "c"}},
      {"a\"b\",c", {"a\"b\"", "c"}},
      {" \"a\",c", {" \"a\"", "c"}},
      {std::string("a\0b,c", 5), {std::string("a\0b", 3), "c"}},
      {"\xFF\xFE,\xC3\xA9", {"\xFF\xFE", "\xC3\xA9"}},
  };
  for (const Row& row : rows) {
    CAPTURE(shown(row.text));
    const Records records = split(row.text);
    REQUIRE(records.size() == 1);
    CHECK(records[0].fields == row.fields);
  }
}

TEST_CASE("csv: a byte order mark belongs to no field, also across blocks") {
  for (const std::size_t block : {1U, 2U, 3U, 4U, 100U}) {
    CHECK(split("\xEF\xBB\xBFtime,a\n", {kMiB, block}) ==
          Records{{Kind::record, 1, {"time", "a"}}});
    CHECK(split("\xEF\xBB\xBF\"time\"", {kMiB, block}) == Records{{Kind::record, 1, {"time"}}});
    CHECK(split("\xEF\xBB\xBF", {kMiB, block}).empty());
    CHECK(split("\xEF\xBB", {kMiB, block}) == Records{{Kind::record, 1, {"\xEF\xBB"}}});
  }
}

TEST_CASE("csv: the line of a record is the one on which it begins") {
  CHECK(split("a\n\"b\nb\nb\"\n\nc\r\nd") == Records{{Kind::record, 1, {"a"}},
                                                     {Kind::record, 2, {"b\nb\nb"}},
                                                     {Kind::record, 5, {""}},
                                                     {Kind::record, 6, {"c"}},
                                                     {Kind::record, 7, {"d"}}});
}

TEST_CASE("csv: a stray quote costs its own row alone") {
  CHECK(split("a\n\"b,1\nc,2\nd,3\n") == Records{{Kind::record, 1, {"a"}},
                                                 {Kind::unterminated_quote, 2, {}},
                                                 {Kind::record, 3, {"c", "2"}},
                                                 {Kind::record, 4, {"d", "3"}}});
  std::string far = "a\n\"b,1\n";
  for (int i = 0; i < 300000; ++i) far += "c,2,3,4\n";
  const Records records = split(far);
  REQUIRE(records.size() == 300002);
  CHECK(records[1] == CsvTwinRecord{Kind::too_long, 2, {}});
  CHECK(records[2] == CsvTwinRecord{Kind::record, 3, {"c", "2", "3", "4"}});
  CHECK(records.back() == CsvTwinRecord{Kind::record, 300002, {"c", "2", "3", "4"}});
}

TEST_CASE("csv: quotes that reopen on every line take linear time") {
  std::string text;
  for (int i = 0; i < 400000; ++i) text += "b\",\"\n";
  CHECK(split(text).size() > 100000);
}

TEST_CASE("csv: long records that come byte by byte take linear time") {
  std::string lines = "\"";
  while (lines.size() < kMiB - 10) lines += "\"\"a\n";
  const std::string letters(kMiB - 10, 'x');
  for (const std::string& front : {lines + "\"", letters}) {
    CsvSplitter splitter(std::make_unique<TextSource>(front + "\nb\n", 1));
    REQUIRE(splitter.peek_line().has_value());
    REQUIRE(splitter.next() == CsvEvent::record);
    CHECK(splitter.fields()[0].size() > kMiB / 2);
    REQUIRE(splitter.next() == CsvEvent::record);
    CHECK(splitter.fields()[0] == "b");
  }
}

TEST_CASE("csv: a record of exactly 1 MiB is read and one byte more is not") {
  const std::string most(kMiB, 'x');
  for (const std::size_t block : {std::size_t{4096}, std::size_t{100001}, 4 * kMiB}) {
    CHECK(split("a\n" + most + "\nb\n", {kMiB, block}) ==
          Records{{Kind::record, 1, {"a"}}, {Kind::record, 2, {most}}, {Kind::record, 3, {"b"}}});
    CHECK(split("a\n" + most + "x\nb\n", {kMiB, block}) ==
          Records{{Kind::record, 1, {"a"}}, {Kind::too_long, 2, {}}, {Kind::record, 3, {"b"}}});
    CHECK(split(most + most + most, {kMiB, block}) == Records{{Kind::too_long, 1, {}}});
  }
}

TEST_CASE("csv: a rejected record shows its front") {
  CsvSplitter splitter(std::make_unique<TextSource>("\"open,1\nnext"));
  REQUIRE(splitter.next() == CsvEvent::unterminated_quote);
  CHECK(splitter.rejected_text() == "\"open,1");
  REQUIRE(splitter.next() == CsvEvent::record);
  CHECK(splitter.fields()[0] == "next");
  REQUIRE(splitter.next() == CsvEvent::end);
  REQUIRE(splitter.next() == CsvEvent::end);
}

TEST_CASE("csv: the first line can be looked at before it is split") {
  for (const std::size_t block : {1U, 2U, 5U, 100U}) {
    CsvSplitter splitter(std::make_unique<TextSource>("\xEF\xBB\xBF"
                                                      "a;b\r\nc;d\n"),
                         {kMiB, block});
    const auto line = splitter.peek_line();
    REQUIRE(line.has_value());
    CHECK(line.value() == "a;b\r");
    splitter.set_delimiter(';');
    REQUIRE(splitter.next() == CsvEvent::record);
    CHECK(splitter.fields().size() == 2);
    CHECK(splitter.line() == 1);
  }
  CsvSplitter cut(std::make_unique<TextSource>("abcdef\n"), {3, 1});
  CHECK(cut.peek_line().value() == "abc");
  CsvSplitter late(std::make_unique<TextSource>("\r\n\na;b\n"), {kMiB, 1});
  CHECK(late.peek_line().value() == "a;b");
  REQUIRE(late.next() == CsvEvent::record);
  CHECK(late.line() == 1);
  CsvSplitter empty(std::make_unique<TextSource>("\n\n"), {kMiB, 1});
  CHECK(empty.peek_line().value().empty());
}

TEST_CASE("csv: a read error ends the records and repeats") {
  CsvSplitter splitter(std::make_unique<TextSource>("a,b\nc", 2, true), {kMiB, 4});
  REQUIRE(splitter.next() == CsvEvent::record);
  REQUIRE(splitter.next() == CsvEvent::failed);
  CHECK(splitter.failure().message == "cannot read \"x.csv\": input/output error");
  REQUIRE(splitter.next() == CsvEvent::failed);
}

TEST_CASE("csv: the whole records in front of a read error are handed out, the cut one is not") {
  const std::string text = "a,b\nc,d\ne";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string read = text.substr(0, size);
    const Records whole = csv_twin(text, ',', kMiB);
    const auto ended = std::count(read.begin(), read.end(), '\n');
    const Records expected(whole.begin(), whole.begin() + ended);
    for (const std::size_t block : {1U, 2U, 3U, 4U, 5U, 100U}) {
      CAPTURE(size, block);
      CHECK(split(std::make_unique<TextSource>(read, block, true), {kMiB, 100}) == expected);
      CHECK(split(std::make_unique<TextSource>(read, 100, true), {kMiB, block}) == expected);
    }
  }
}

TEST_CASE(
    "csv: what is read in front of an error depends on neither blocks nor what would follow") {
  constexpr std::string_view kLetters = "ab,,\"\"\n\n\r";
  std::mt19937 random(20260505);
  for (int round = 0; round < 10000; ++round) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = kLetters[random() % kLetters.size()];
    const std::string read = text.substr(0, random() % (text.size() + 1));
    const std::size_t limit = random() % 2 == 0 ? kMiB : 1 + random() % 20;
    const Records whole = csv_twin(text, ',', limit);
    const Records found = split(std::make_unique<TextSource>(read, 1000, true), {limit, 1000});
    REQUIRE(found.size() <= whole.size());
    REQUIRE(std::equal(found.begin(), found.end(), whole.begin()));
    const CsvSplitter::Limits limits{limit, 1 + random() % 20};
    REQUIRE(split(std::make_unique<ShortReadSource>(read, random(), 9, true), limits) == found);
  }
}

TEST_CASE("csv: a look at the first line that fails loses no record") {
  CsvSplitter splitter(std::make_unique<TextSource>("\n\nb", 100, true));
  REQUIRE_FALSE(splitter.peek_line().has_value());
  REQUIRE(splitter.next() == CsvEvent::record);
  REQUIRE(splitter.next() == CsvEvent::record);
  CHECK(splitter.line() == 2);
  REQUIRE(splitter.next() == CsvEvent::failed);
  REQUIRE(splitter.next() == CsvEvent::failed);
  CHECK(splitter.line() == 3);
}

TEST_CASE("csv: a row is handed out before the next read") {
  auto source = std::make_unique<TextSource>("a,b\nc,d\ne,f\n", 4);
  const ByteSource& bytes = *source;
  CsvSplitter splitter(std::move(source));
  REQUIRE(splitter.next() == CsvEvent::record);
  CHECK(bytes.bytes_read() == 4);
  REQUIRE(splitter.next() == CsvEvent::record);
  CHECK(bytes.bytes_read() == 8);
}
