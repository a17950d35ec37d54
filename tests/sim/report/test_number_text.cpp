#include "sim/report/number_text.h"
#include "sim/report/text_table.h"
#include "tests/support/catch.h"

using namespace dosimeter;
using namespace dosimeter::sim;

TEST_CASE("number text: thousands are separated") {
  CHECK(grouped(std::uint64_t{0}) == "0");
  CHECK(grouped(std::uint64_t{999}) == "999");
  CHECK(grouped(std::uint64_t{1000}) == "1,000");
  CHECK(grouped(std::uint64_t{18446744073709551615u}) == "18,446,744,073,709,551,615");
  CHECK(grouped(1234567.25, 1) == "1,234,567.2");
  CHECK(grouped(999.95, 1) == "1,000.0");
  CHECK(grouped(0.0, 1) == "0.0");
}

TEST_CASE("number text: money, shares and durations") {
  CHECK(money_text(0, "USD") == "$0.00");
  CHECK(money_text(0.244, "USD") == "$0.244");
  CHECK(money_text(1234.5, "USD") == "$1,234.50");
  CHECK(money_text(1234.5, "EUR") == "1,234.50 EUR");
  CHECK(percent_text(0.1) == "10 %");
  CHECK(percent_text(0.003) == "0.3 %");
  CHECK(percent_text(1) == "100 %");
  CHECK(percent_text(0.9999) == "99.99 %");
  CHECK(duration_text(0.001) == "0.001 s");
  CHECK(duration_text(59.96) == "59.96 s");
  CHECK(duration_text(60) == "1 min");
  CHECK(duration_text(3599.99) == "59 min 59.9 s");
  CHECK(duration_text(3600) == "1 h");
  CHECK(duration_text(86399) == "23 h 59 min");
  CHECK(duration_text(86400) == "1 day");
  CHECK(duration_text(2678400.0 + 4 * 3600) == "31 days 4 h");
}

TEST_CASE("number text: times in UTC, as fine as they need") {
  const auto text = [](std::int64_t nanoseconds) {
    return utc_text(TimePoint(std::chrono::nanoseconds(nanoseconds)));
  };
  CHECK(text(0) == "1970-01-01T00:00:00Z");
  CHECK(text(-1) == "1969-12-31T23:59:59.999999999Z");
  CHECK(text(1'777'889'702'137'000'000) == "2026-05-04T10:15:02.137Z");
  CHECK(text(1'777'889'702'000'001'000) == "2026-05-04T10:15:02.000001Z");
  CHECK(utc_text(TimePoint::max()) == "2262-04-11T23:47:16.854775807Z");
  CHECK(utc_text(TimePoint::min()) == "1677-09-21T00:12:43.145224192Z");
}

TEST_CASE("number text: nothing from a file reaches the terminal as a command") {
  CHECK(printable("a\033[31mb\n") == "a\\x1B[31mb\\x0A");
  CHECK(printable("\xFFz") == "\\xFFz");
  CHECK(printable("caf\xC3\xA9") == "caf\xC3\xA9");
}

TEST_CASE("text table: columns are as wide as their widest cell, in characters") {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::left});
  table.add({"a", "1", ""});
  table.add({"caf\xC3\xA9", "22", "x"});
  CHECK(table.to_string() == "  a      1\n  caf\xC3\xA9  22  x\n");
}
