#include "sim/log/csv_record.h"
#include "sim/log/log_blocks.h"
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
using dosimeter::sim::BlockEvent;
using dosimeter::sim::ByteSource;
using dosimeter::sim::CsvRecordEnd;
using dosimeter::sim::FormatMapping;
using dosimeter::sim::HeldBlock;
using dosimeter::sim::LogBlock;
using dosimeter::sim::LogBlocks;
using dosimeter::sim::LogFormat;
using dosimeter::sim::RecordGrammar;
using dosimeter::sim::RejectReason;
using dosimeter::sim::RowScratch;
using dosimeter::sim::RowSink;
using dosimeter::test::ShortReadSource;
using dosimeter::test::TextSource;
using Kind = CsvTwinRecord::Kind;
using Records = std::vector<CsvTwinRecord>;

constexpr std::size_t kMiB = std::size_t{1} << 20;

/// A grammar alone.
class FieldsFormat final : public LogFormat {
 public:
  explicit FieldsFormat(char delimiter) : delimiter_(delimiter) {}
  RecordGrammar grammar() const noexcept override { return {true, delimiter_}; }
  FormatMapping mapping() const override { return {}; }
  std::uint64_t read(const LogBlock&, RowScratch&, RowSink&) const override { return 0; }

 private:
  char delimiter_;
};

/// The records of a block, by the slow functions of the grammar.
void add_records(const LogBlock& block, char delimiter, std::uint64_t line, Records& records) {
  std::string text(block.text);
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at < text.size();) {
    const CsvRecordEnd found = dosimeter::sim::find_csv_record_end(
        text.data() + at, text.data() + text.size(), {delimiter, true, block.one_line});
    CsvTwinRecord record;
    record.line = line;
    if (found.kind == CsvRecordEnd::Kind::record) {
      dosimeter::sim::split_csv_record(text.data() + at, found, delimiter, fields);
      record.fields.assign(fields.begin(), fields.end());
    } else {
      record.kind = Kind::unterminated_quote;
      REQUIRE(block.one_line);
    }
    records.push_back(std::move(record));
    at += found.length;
    line += found.lines;
  }
}

/// The records up to the end or the failure.
Records split(std::unique_ptr<ByteSource> source, LogBlocks::Limits limits, char delimiter = ',') {
  LogBlocks blocks =
      LogBlocks::of_source(std::move(source), std::make_shared<FieldsFormat>(delimiter), limits);
  Records records;
  HeldBlock held;
  for (std::uint64_t line = 1; blocks.next(held) == BlockEvent::block;) {
    const LogBlock& block = held.block;
    if (block.rejected) {
      records.push_back({*block.rejected == RejectReason::record_too_long
                             ? Kind::too_long
                             : Kind::unterminated_quote,
                         line,
                         {}});
      ++line;
      continue;
    }
    add_records(block, delimiter, line, records);
    line += static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
  }
  return records;
}

Records split(const std::string& text, LogBlocks::Limits limits, char delimiter = ',',
              std::size_t most = std::string::npos) {
  return split(std::make_unique<TextSource>(text, most), limits, delimiter);
}

Records split(const std::string& text) {
  return split(text, LogBlocks::Limits{});
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
    const LogBlocks::Limits limits{30, 64};
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
    const LogBlocks::Limits limits{limit, 1 + random() % 20};
    REQUIRE(split(std::make_unique<ShortReadSource>(read, random(), 9, true), limits) == found);
  }
}

TEST_CASE("csv: long records that come byte by byte take linear time") {
  std::string lines = "\"";
  while (lines.size() < kMiB - 10) lines += "\"\"a\n";
  const std::string letters(kMiB - 10, 'x');
  for (const std::string& front : {lines + "\"", letters}) {
    const Records records =
        split(std::make_unique<TextSource>(front + "\nb\n", 1), LogBlocks::Limits{});
    REQUIRE(records.size() == 2);
    CHECK(records[0].fields[0].size() > kMiB / 2);
    CHECK(records[1].fields[0] == "b");
  }
}

TEST_CASE("csv: a rejected record shows its front, and the end and a failure repeat") {
  const auto format = std::make_shared<FieldsFormat>(',');
  LogBlocks blocks =
      LogBlocks::of_source(std::make_unique<TextSource>("\"open,1\nnext"), format, {});
  HeldBlock held;
  REQUIRE(blocks.next(held) == BlockEvent::block);
  CHECK(held.block.rejected == RejectReason::unterminated_quote);
  CHECK(held.block.text == "\"open,1");
  REQUIRE(blocks.next(held) == BlockEvent::block);
  CHECK(held.block.text == "next");
  REQUIRE(blocks.next(held) == BlockEvent::end);
  REQUIRE(blocks.next(held) == BlockEvent::end);

  LogBlocks fails =
      LogBlocks::of_source(std::make_unique<TextSource>("a,b\nc", 2, true), format, {kMiB, 4});
  REQUIRE(fails.next(held) == BlockEvent::block);
  REQUIRE(fails.next(held) == BlockEvent::failed);
  CHECK(fails.failure().message == "cannot read \"x.csv\": input/output error");
  REQUIRE(fails.next(held) == BlockEvent::failed);
}

TEST_CASE("csv: where blocks end depends on neither reads nor how they come") {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "a,\"b\n" + std::string(static_cast<std::size_t>(i) % 90, 'x') + "\",c\n";
  const auto ends = [&](std::unique_ptr<ByteSource> source) {
    LogBlocks blocks =
        LogBlocks::of_source(std::move(source), std::make_shared<FieldsFormat>(','), {kMiB, 1000});
    std::vector<std::size_t> sizes;
    HeldBlock held;
    while (blocks.next(held) == BlockEvent::block) sizes.push_back(held.block.text.size());
    return sizes;
  };
  const auto expected = ends(std::make_unique<TextSource>(text));
  CHECK(expected.size() > 100);
  CHECK(ends(std::make_unique<ShortReadSource>(text, 1, 77)) == expected);
  CHECK(ends(std::make_unique<ShortReadSource>(text, 2, 5000)) == expected);
}

TEST_CASE("csv: what a damaged input ends in is one reject") {
  class Damaged final : public ByteSource {
   public:
    explicit Damaged(std::string text) : text_(std::move(text)) {}
    dosimeter::Result<std::size_t, dosimeter::sim::Failure> read(std::span<char> block) override {
      return text_.read(block);
    }
    std::uint64_t bytes_read() const noexcept override { return text_.bytes_read(); }
    std::optional<std::string> damage() const override { return "is cut off"; }

   private:
    TextSource text_;
  };
  for (const std::string front : {"", "a\nb\n"}) {
    for (const std::string rest : {"", "c", "c,\"d\ne"}) {
      for (const std::size_t block : {std::size_t{1}, std::size_t{3}, kMiB}) {
        CAPTURE(front, rest, block);
        LogBlocks blocks = LogBlocks::of_source(std::make_unique<Damaged>(front + rest),
                                                std::make_shared<FieldsFormat>(','), {kMiB, block});
        HeldBlock held;
        std::string whole;
        REQUIRE(blocks.next(held) == BlockEvent::block);
        while (!held.block.rejected) {
          whole += held.block.text;
          REQUIRE(blocks.next(held) == BlockEvent::block);
        }
        CHECK(whole == front);
        CHECK(held.block.rejected == RejectReason::damaged_input);
        CHECK(held.block.text == rest.substr(0, rest.find('\n')));
        CHECK(blocks.next(held) == BlockEvent::end);
      }
    }
  }
}
