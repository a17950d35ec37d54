#include "sim/log/log_content.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"
#include "sim/log/reject_reason.h"
#include "tests/support/catch.h"

#include <array>
#include <string>
#include <vector>

using namespace dosimeter::sim;

TEST_CASE("log text: quoted text is fit for a terminal and for JSON") {
  CHECK(in_quotes("") == "\"\"");
  CHECK(in_quotes("a b") == "\"a b\"");
  CHECK(in_quotes("say \"x\\y\"") == "\"say \\\"x\\\\y\\\"\"");
  CHECK(in_quotes(std::string("a\0\x1B\n\x7F", 5)) == "\"a\\x00\\x1B\\x0A\\x7F\"");
  CHECK(in_quotes("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80") ==
        "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
  // Cut off, overlong, a surrogate, past U+10FFFF, a stray continuation.
  CHECK(in_quotes("\xC3") == "\"\\xC3\"");
  CHECK(in_quotes("\xC0\xAF") == "\"\\xC0\\xAF\"");
  CHECK(in_quotes("\xE0\x9F\xBF") == "\"\\xE0\\x9F\\xBF\"");
  CHECK(in_quotes("\xED\xA0\x80") == "\"\\xED\\xA0\\x80\"");
  CHECK(in_quotes("\xF4\x90\x80\x80") == "\"\\xF4\\x90\\x80\\x80\"");
  CHECK(in_quotes("\x80") == "\"\\x80\"");
}

TEST_CASE("log text: no character that steers or reorders a terminal is shown as it is") {
  const auto encoded = [](unsigned point) {
    const auto byte = [](unsigned value) { return static_cast<char>(value); };
    std::string text;
    if (point < 0x800) {
      text += byte(0xC0U | point >> 6U);
    } else {
      text += byte(0xE0U | point >> 12U);
      text += byte(0x80U | (point >> 6U & 0x3FU));
    }
    return text + byte(0x80U | (point & 0x3FU));
  };
  const auto steers = [](unsigned point) {
    return (point >= 0x80 && point <= 0x9F) || point == 0x61C ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xFFF9 && point <= 0xFFFB);
  };
  for (unsigned point = 0x80; point <= 0xFFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    const std::string text = encoded(point);
    const bool kept = in_quotes(text) == '"' + text + '"';
    if (kept == steers(point)) FAIL("code point " << point);
  }
  CHECK(in_quotes("\xC2\x9B") == "\"\\xC2\\x9B\"");
  CHECK(in_quotes("a\xE2\x80\xAE"
                  "b") == "\"a\\xE2\\x80\\xAEb\"");
  CHECK(in_quotes("ab\xE2\x80\xAE", 4) == "\"ab...\"");
}

TEST_CASE("log text: text without quotes around it keeps its quotes and backslashes") {
  CHECK(without_controls("a \"b\\c\".csv") == "a \"b\\c\".csv");
  CHECK(without_controls("caf\xC3\xA9\n\x1B[1m\xFF\xE2\x80\xAE") ==
        "caf\xC3\xA9\\x0A\\x1B[1m\\xFF\\xE2\\x80\\xAE");
}

TEST_CASE("log text: quoted text is cut between letters") {
  CHECK(in_quotes("abcdef", 3) == "\"abc...\"");
  CHECK(in_quotes("abc", 3) == "\"abc\"");
  CHECK(in_quotes("ab\xC3\xA9", 3) == "\"ab...\"");
}

TEST_CASE("log text: the nearest name is the likely one") {
  const std::array<std::string_view, 4> names = {"host", "method", "operation", "path"};
  CHECK(nearest_name("hots", names) == std::string_view("host"));
  CHECK(nearest_name("operatoin", names) == std::string_view("operation"));
  CHECK(nearest_name("mthod", names) == std::string_view("method"));
  CHECK(nearest_name("path", names) == std::string_view("path"));
  CHECK_FALSE(nearest_name("latency", names).has_value());
  CHECK_FALSE(nearest_name("", {}).has_value());
  CHECK_FALSE(nearest_name(std::string(100000, 'x'), names).has_value());
}

TEST_CASE("log text: what is no csv is said") {
  const auto why = [](std::string_view line) { return why_not_csv(line).value_or(""); };
  using std::string_view_literals::operator""sv;
  const std::string kOnly =
      ": only CSV with a header line and the logs that simulate --help names are read";
  CHECK(why("\x1F\x8B\x08") ==
        "is compressed twice, and inflated once; try gzip -dc FILE | simulate --log -");
  CHECK(why("\xFD\x37zXZ\0"sv).find("is compressed twice") == 0);
  CHECK(why("PK\x03\x04").find("unzip -p FILE |") != std::string::npos);
  CHECK(why("\xFF\xFEt") ==
        "is UTF-16 text" + kOnly + "; try iconv -f UTF-16 -t UTF-8 FILE | simulate --log -");
  CHECK(why("PAR1") == "is Parquet" + kOnly);
  CHECK(why("{\"time\": 1}") == "is JSON" + kOnly);
  CHECK(why("[{\"time\": 1}]") == "is JSON" + kOnly);
  for (const char* line : {"", "time,host", "time\thost", "\"time\"", "http,2"}) {
    CHECK(why(line).empty());
  }
}

TEST_CASE("log text: the header line tells the delimiter") {
  CHECK(delimiter_of("time,host") == ',');
  CHECK(delimiter_of("time") == ',');
  CHECK(delimiter_of("") == ',');
  CHECK(delimiter_of("time;host") == ';');
  CHECK(delimiter_of("time\thost;name") == '\t');
  CHECK(delimiter_of("time;host,x") == ',');
  CHECK(delimiter_of("\"a,b\";host") == ';');
}

TEST_CASE("log text: every reason for a reject has its own name and sentence") {
  std::vector<std::string_view> names;
  for (const RejectReason reason : kRejectReasons) {
    CHECK(static_cast<std::size_t>(reason) == names.size());
    CHECK_FALSE(reject_reason_sentence(reason).empty());
    for (const std::string_view name : names) CHECK(name != reject_reason_name(reason));
    names.push_back(reject_reason_name(reason));
  }
}

TEST_CASE("log text: a rejected row is told with what was expected and what was got") {
  using enum RejectReason;
  CHECK(rejected_row_message({no_time, "-"}) ==
        "no time: expected a stamp like 2026-05-04T10:15:02Z or seconds since 1970, got \"-\"");
  CHECK(rejected_row_message({unreadable_time, "n\"ow"}) ==
        "time cannot be read: expected a stamp like 2026-05-04T10:15:02Z or seconds since 1970, "
        "got \"n\\\"ow\"");
  CHECK(rejected_row_message({unreadable_count, "1.5"}) ==
        "count is no whole number from 0 to 1000000000000: \"1.5\"");
  CHECK(rejected_row_message({too_few_fields, "a", 2, 7}) ==
        "fewer fields than the header has names: expected 7, got 2, the first \"a\"");
  CHECK(rejected_row_message({too_many_fields, "a", 8, 7}) ==
        "more fields than the header has names: expected 7, got 8, the first \"a\"");
  CHECK(rejected_row_message({record_too_long, std::string(100, 'x')}) ==
        "longer than 1 MiB: \"" + std::string(80, 'x') + "...\"");
  CHECK(rejected_row_message({unterminated_quote, ""}) == "a quoted field has no end: \"\"");
}
