#include "rules/src/json_reader.h"
#include "rules/src/stamp.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace dosimeter::rules::test {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

struct ReadStamp {
  std::optional<std::int64_t> nanoseconds;
  std::string message;
};

ReadStamp read(const std::string& json, Milliseconds milliseconds = Milliseconds::refused) {
  const std::string text = "[" + json + "]";
  const auto parsed = read_json(text);
  const auto* document = std::get_if<JsonDocument>(&parsed);
  if (document == nullptr) return {std::nullopt, "no JSON"};
  Report report("body");
  ReadStamp result;
  document->root().for_each_item([&](JsonValue value) {
    const auto time = read_stamp("Stamp", value, report, milliseconds);
    if (time) result.nanoseconds = time->time_since_epoch().count();
  });
  for (const Diagnostic& diagnostic : report.take()) {
    result.message += std::string(diagnostic.code) + " " + diagnostic.message;
  }
  return result;
}

std::int64_t nanoseconds(const std::string& json,
                         Milliseconds milliseconds = Milliseconds::refused) {
  const ReadStamp stamp = read(json, milliseconds);
  CAPTURE(json, stamp.message);
  CHECK(stamp.nanoseconds);
  return stamp.nanoseconds.value_or(std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("stamp: seconds since 1970, to the nanosecond, however the number is written") {
  CHECK(nanoseconds("1530923107") == 1530923107 * kSecond);
  CHECK(nanoseconds("1530923107.0") == 1530923107 * kSecond);
  CHECK(nanoseconds("1530923107.123456789") == 1530923107 * kSecond + 123456789);
  CHECK(nanoseconds("1530923107.1234567899999") == 1530923107 * kSecond + 123456789);
  CHECK(nanoseconds("1.530923107E9") == 1530923107 * kSecond);
  CHECK(nanoseconds("1.5309231075e+9") == 1530923107 * kSecond + kSecond / 2);
  CHECK(nanoseconds("15309231070e-1") == 1530923107 * kSecond);
  CHECK(nanoseconds("0.0001e3") == kSecond / 10);
  CHECK(nanoseconds("5e-9") == 5);
  CHECK(nanoseconds("5e-10") == 0);
  CHECK(nanoseconds("1e-999") == 0);
  CHECK(nanoseconds("0") == 0);
  CHECK(nanoseconds("-0.0") == 0);
  CHECK(nanoseconds("-0.5") == -kSecond / 2);
  CHECK(nanoseconds("-62.000000001") == -62 * kSecond - 1);
  CHECK(nanoseconds("9214646399.999999999") == 9'214'646'400 * kSecond - 1);
  CHECK(nanoseconds("-9214560000") == -9'214'560'000 * kSecond);
}

TEST_CASE("stamp: what is no instant is said") {
  const std::string range = "stamp_out_of_range Stamp must be an instant of the years 1678 to 2261";
  CHECK(read("9214646400").message == range + ", got the number 9214646400");
  CHECK(read("-9214560000.000000001").message == range + ", got the number -9214560000.000000001");
  CHECK(read("9223372036.854775808").message == range + ", got the number 9223372036.854775808");
  CHECK(read("\"2262-01-01T00:00:00Z\"").message ==
        range + ", got the string \"2262-01-01T00:00:00Z\"");
  CHECK(read("1e30").message == range + ", got the number 1e30");
  CHECK(read("1530922806000").message == range + ", got the number 1530922806000");
  CHECK(read("\"9999-12-31T23:59:59Z\"").message ==
        range + ", got the string \"9999-12-31T23:59:59Z\"");
  CHECK(read("\"0001-01-01T00:00:00Z\"").message ==
        range + ", got the string \"0001-01-01T00:00:00Z\"");
  CHECK(read("true").message ==
        "wrong_type Stamp must be seconds since 1970 or an ISO 8601 string, got true");
  CHECK(read("null").message ==
        "wrong_type Stamp must be seconds since 1970 or an ISO 8601 string, got null");
  const std::vector<std::string> wrong = {"",
                                          "1530923107",
                                          "2018-07-07",
                                          "2018-07-07T00:25:07",
                                          "2018-07-07T00:25:07.",
                                          "2018-07-07T00:25:07.Z",
                                          "2018-07-07T00:25:07Zz",
                                          "2018-07-07T00:25:07+0",
                                          "2018-07-07T00:25:07+24:00",
                                          "2018-07-07T00:25:07+00:60",
                                          "2018-07-07T00:25:60Z",
                                          "2018-07-07T00:60:07Z",
                                          "2018-07-07T24:25:07Z",
                                          "2018-02-29T00:25:07Z",
                                          "2018-13-01T00:25:07Z",
                                          "2018-00-01T00:25:07Z",
                                          "2018-7-07T00:25:07Z",
                                          "+018-07-07T00:25:07Z",
                                          "2018-07-07T00:-5:07Z",
                                          " 2018-07-07T00:25:07Z"};
  for (const std::string& text : wrong) {
    CHECK(read("\"" + text + "\"").message ==
          "bad_stamp Stamp must be seconds since 1970 or like 2018-07-07T00:25:07+00:00, got the "
          "string \"" +
              text + "\"");
  }
}

TEST_CASE("stamp: ISO 8601 with its offset") {
  const std::int64_t time = 1530923107 * kSecond;
  CHECK(nanoseconds("\"2018-07-07T00:25:07+00:00\"") == time);
  CHECK(nanoseconds("\"2018-07-07T00:25:07Z\"") == time);
  CHECK(nanoseconds("\"2018-07-07 00:25:07Z\"") == time);
  CHECK(nanoseconds("\"2018-07-07T09:25:07+09:00\"") == time);
  CHECK(nanoseconds("\"2018-07-06T20:55:07-0330\"") == time);
  CHECK(nanoseconds("\"2018-07-07T00:25:07.25Z\"") == time + kSecond / 4);
  CHECK(nanoseconds("\"2018-07-07T00:25:07.123456789123Z\"") == time + 123456789);
  CHECK(nanoseconds("\"1970-01-01T00:00:00+00:00\"") == 0);
  CHECK(nanoseconds("\"1969-12-31T23:59:59.5Z\"") == -kSecond / 2);
  CHECK(nanoseconds("\"2024-02-29T00:00:00Z\"") == 1709164800 * kSecond);
}

TEST_CASE("stamp: milliseconds are told by their size where they are taken at all") {
  const std::int64_t time = 1530922806 * kSecond;
  CHECK(nanoseconds("1530922806000", Milliseconds::taken) == time);
  CHECK(nanoseconds("1530922806123", Milliseconds::taken) == time + 123'000'000);
  CHECK(nanoseconds("1.530922806123E12", Milliseconds::taken) == time + 123'000'000);
  CHECK(nanoseconds("1530922806", Milliseconds::taken) == time);
  CHECK(nanoseconds("100000000000", Milliseconds::taken) == 100'000'000 * kSecond);
  CHECK_FALSE(read("99999999999", Milliseconds::taken).nanoseconds);
}

TEST_CASE("stamp: what is written is read again, in either spelling") {
  const auto check = [](std::int64_t count) {
    const TimePoint time{std::chrono::nanoseconds(count)};
    for (const StampSpelling spelling : {StampSpelling::epoch_seconds, StampSpelling::iso_8601}) {
      if (nanoseconds(stamp_text(time, spelling)) != count) FAIL_CHECK(count);
    }
  };
  CHECK(stamp_text(TimePoint(), StampSpelling::epoch_seconds) == "0");
  CHECK(stamp_text(TimePoint(), StampSpelling::iso_8601) == "\"1970-01-01T00:00:00+00:00\"");
  const TimePoint time{std::chrono::nanoseconds(1530923107 * kSecond + 500'000'000)};
  CHECK(stamp_text(time, StampSpelling::epoch_seconds) == "1530923107.5");
  CHECK(stamp_text(time, StampSpelling::iso_8601) == "\"2018-07-07T00:25:07.5+00:00\"");
  for (const std::int64_t count : {std::int64_t{1}, std::int64_t{-1}, -kSecond, kSecond - 1,
                                   -kSecond - 1, std::int64_t{86400} * kSecond}) {
    check(count);
  }
  Random random;
  INFO("seed " << Random::default_seed());
  constexpr std::int64_t kFirst = -9'214'560'000;  // 1678
  constexpr std::int64_t kEnd = 9'214'646'400;     // 2262
  for (int i = 0; i < 20'000; ++i) {
    check((static_cast<std::int64_t>(random.below(kEnd - kFirst)) + kFirst) * kSecond +
          static_cast<std::int64_t>(random.below(1'000'000'000)));
  }
  // Whatever a caller hands in is written.
  for (const TimePoint last : {TimePoint::min(), TimePoint::max()}) {
    for (const StampSpelling spelling : {StampSpelling::epoch_seconds, StampSpelling::iso_8601}) {
      CHECK(!stamp_text(last, spelling).empty());
      CHECK(!whole_stamp_text(last, spelling).empty());
    }
  }
  CHECK(whole_stamp_text(TimePoint(std::chrono::nanoseconds(-1)), StampSpelling::epoch_seconds) ==
        "-1");
}

}  // namespace
}  // namespace dosimeter::rules::test
