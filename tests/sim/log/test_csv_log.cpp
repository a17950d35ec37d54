#include "sim/log/csv_log.h"
#include "sim/log/log_blocks.h"
#include "tests/oracle/csv_log_twin.h"
#include "tests/sim/log/log_events.h"
#include "tests/sim/log/text_source.h"
#include "tests/support/catch.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace dosimeter::sim;
using dosimeter::oracle::csv_log_twin;
using dosimeter::test::ShortReadSource;

constexpr CsvScan kScans[] = {CsvScan::portable, CsvScan::sse2, CsvScan::avx2, CsvScan::avx512};

std::vector<std::string_view> split_names(std::string_view header) {
  std::vector<std::string_view> names;
  for (;;) {
    const std::size_t comma = header.find(',');
    names.push_back(header.substr(0, comma));
    if (comma == header.npos) return names;
    header.remove_prefix(comma + 1);
  }
}

/// What texts rows of a key had, in whichever log.
class KeyedTexts {
 public:
  /// As whole_row, and minds that rows of one key have the same texts.
  std::string row_text(const LogRow& row) {
    if (row.key.layout != 0) {
      LogRow texts = row;
      texts.time = {};
      texts.time_digits = 0;
      texts.count = 0;
      texts.status = 0;
      texts.trace_header.reset();
      texts.instance.reset();
      const std::string text = dosimeter::test::whole_row(texts);
      const auto [known, added] =
          texts_.try_emplace({row.key.layout, std::string(row.key.bytes)}, text);
      if (!added) {
        ++repeated_;
        if (known->second != text) FAIL(known->second << " and " << text);
      }
    }
    return dosimeter::test::whole_row(row);
  }
  [[nodiscard]] std::size_t repeated() const noexcept { return repeated_; }

 private:
  std::map<std::pair<std::uint32_t, std::string>, std::string> texts_;
  std::size_t repeated_ = 0;
};

/// As the twin has them: rejects of the splitter without their text.
std::vector<std::string> events(const std::string& text, std::shared_ptr<const LogFormat> format,
                                LogBlocks::Limits limits, std::uint32_t seed, KeyedTexts& keyed) {
  LogBlocks blocks = LogBlocks::of_source(
      std::make_unique<ShortReadSource>(text, seed, 1 + seed % 300), std::move(format), limits);
  std::vector<std::string> found = dosimeter::test::log_events(
      blocks, [&](const LogRow& row) { return keyed.row_text(row); }, 1000);
  for (std::string& event : found) {
    for (const char* reason : {" record_too_long", " unterminated_quote"}) {
      const std::size_t at = event.find(reason);
      if (at == event.find(' ')) event.resize(at + std::string_view(reason).size());
    }
  }
  return found;
}

void compare(const std::string& text, std::string_view header, LogBlocks::Limits limits,
             std::uint32_t seed, KeyedTexts& keyed) {
  const std::vector<std::string_view> names = split_names(header);
  const CsvColumns columns = choose_csv_columns(names, {}, "x").value().columns;
  const auto expected = csv_log_twin(text, columns, names, ',', true, limits.max_record_bytes);
  for (const CsvScan scan : kScans) {
    if (!has_csv_scan(scan)) continue;
    const auto format = std::make_shared<CsvLog>(columns, names, ',', true, ZoneOffset(), scan);
    const auto found = events(text, format, limits, seed, keyed);
    if (found == expected) continue;
    CAPTURE(header, static_cast<int>(scan), limits.block_bytes, limits.max_record_bytes);
    FAIL(in_quotes(text));
  }
}

}  // namespace

TEST_CASE("csv log: rows, rejects and skipped records are those of the slow twin") {
  constexpr std::string_view kHeaders[] = {
      "time,path,host,status",
      "path,method,time",
      "date,time,service,request",
      "time,url,count,trace_header,trace_id",
      "time",
      "host,service,service_type,resource_arn,method,path,timestamp,status,latency",
      "time,path,host",
      "time,host,path",
  };
  constexpr std::string_view kParts[] = {
      ",",
      ",",
      ",",
      ",",
      ",",
      "\n",
      "\n",
      "\r\n",
      "\"",
      "\"\"",
      "\",\"",
      " ",
      "-",
      "a",
      "2026-05-04T10:15:02.186641Z,/a,h,200\n",
      "2026-05-04T10:15:02Z",
      "100000000",
      "/p?a=1",
      "https://u@h:80/x",
      "GET / HTTP/1.1",
      "500",
      "Root=1-a;Sampled=1",
      "2026-05-04",
      "10:15:02",
      "\"2026-05-04 10:15:02\"",
      "\xEF\xBB\xBF",
      "time,path,host,status\n",
      "0123456789012345678901234567890123456789012345678901234567890123"};
  std::mt19937 random(20261130);
  KeyedTexts keyed;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t parts = random() % 30; parts > 0; --parts) {
      text += kParts[random() % std::size(kParts)];
    }
    const std::string_view header = kHeaders[random() % std::size(kHeaders)];
    const std::size_t limit = random() % 3 == 0 ? 1 + random() % 60 : kMaxRecordBytes;
    compare(text, header, {limit, random() % 2 == 0 ? 1 + random() % 100 : 4096},
            static_cast<std::uint32_t>(random()), keyed);
  }
  CHECK(keyed.repeated() > 500);
}

TEST_CASE("csv log: the twin knows rows from rejects") {
  const auto names = split_names("time,path");
  const CsvColumns columns = choose_csv_columns(names, {}, "x").value().columns;
  CHECK(
      csv_log_twin("100000000,/a\nnow,/b\n,\ntime,path\n\"1\n", columns, names, ',', false, 100) ==
      std::vector<std::string>{
          "0:1 row 100000000000000000/0 x1 0 absent absent absent absent \"/a\" absent absent "
          "absent",
          "0:2 unreadable_time \"now\"", "0:3 skipped", "0:4 skipped", "0:5 unterminated_quote"});
}

TEST_CASE("csv log: quotes, delimiters and line feeds at every place of a chunk") {
  const std::string row = "2026-05-04T10:15:02.5Z,\"/a,\"\"b\"\"\nc\",h,404\n";
  KeyedTexts keyed;
  for (std::size_t at = 0; at < 130; ++at) {
    std::string text = "100000000,/" + std::string(at, 'x') + ",h,200\n";
    for (int i = 0; i < 4; ++i) text += row;
    compare(text, "time,path,host,status", {kMaxRecordBytes, 4096}, 7, keyed);
    compare(text.substr(0, text.size() - 1), "time,path,host,status", {kMaxRecordBytes, 300}, 7,
            keyed);
  }
}
