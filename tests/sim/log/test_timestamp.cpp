#include "sim/log/timestamp.h"
#include "tests/oracle/timestamp_twin.h"
#include "tests/support/catch.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using dosimeter::oracle::CalendarDay;
using dosimeter::sim::parse_timestamp;
using dosimeter::sim::Timestamp;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
/// 2026-05-04T10:15:02Z.
constexpr std::int64_t kMay = 1'777'889'702;

std::int64_t nanoseconds(const Timestamp& stamp) {
  return stamp.time.time_since_epoch().count();
}

struct Stamp {
  std::string text;
  std::int64_t nanoseconds;
  int digits;
};

}  // namespace

TEST_CASE("timestamp: the forms that logs use") {
  const std::vector<Stamp> stamps = {
      {"2026-05-04T10:15:02Z", kMay * kSecond, 0},
      {"2026-05-04t10:15:02z", kMay * kSecond, 0},
      {"2026-05-04 10:15:02", kMay * kSecond, 0},
      {"  2026-05-04 10:15:02\t", kMay * kSecond, 0},
      {"2026-05-04 10:15:02 UTC", kMay * kSecond, 0},
      {"2026-05-04 10:15:02 gmt", kMay * kSecond, 0},
      {"2026-05-04T10:15:02.186641Z", kMay * kSecond + 186'641'000, 6},
      {"2026-05-04T10:15:02.500Z", kMay * kSecond + 500'000'000, 1},
      {"2026-05-04T10:15:02.000Z", kMay * kSecond, 0},
      {"2026-05-04 10:15:02,123", kMay * kSecond + 123'000'000, 3},
      {"2026-05-04 10:15:02.1234567", kMay * kSecond + 123'456'700, 7},
      {"2026-05-04T10:15:02.123456789Z", kMay * kSecond + 123'456'789, 9},
      {"2026-05-04T10:15:02.1234567899999999Z", kMay * kSecond + 123'456'789, 9},
      {"2026-05-04T12:45:02+02:30", kMay * kSecond, 0},
      {"2026-05-04T12:45:02+0230", kMay * kSecond, 0},
      {"2026-05-04T12:15:02+02", kMay * kSecond, 0},
      {"2026-05-03T23:45:02.5-1030", kMay * kSecond + 500'000'000, 1},
      {"2026-05-04 12:15:02 +0200", kMay * kSecond, 0},
      {"04/May/2026:10:15:02 +0000", kMay * kSecond, 0},
      {"[04/May/2026:12:15:02 +0200]", kMay * kSecond, 0},
      {"04/may/2026:10:15:02.250 +0000", kMay * kSecond + 250'000'000, 2},
      {"04/05/2026:10:15:02", kMay * kSecond, 0},
      {"04/05/2026 10:15:02 +0000", kMay * kSecond, 0},
      {"Mon May 04 10:15:02 2026", kMay * kSecond, 0},
      {"Mon May  4 10:15:02 2026", kMay * kSecond, 0},
      {"Sun Mar 13 22:49:12 2016", 1'457'909'352 * kSecond, 0},
      {"1777889702", kMay * kSecond, 0},
      {"1777889702.25", kMay * kSecond + 250'000'000, 2},
      {"1777889702,25", kMay * kSecond + 250'000'000, 2},
      {"1777889702186", kMay * kSecond + 186'000'000, 3},
      {"1777889702186.5", kMay * kSecond + 186'500'000, 4},
      {"1777889702186641", kMay * kSecond + 186'641'000, 6},
      {"1777889702186641123", kMay * kSecond + 186'641'123, 9},
      {"1777889702186641123.9", kMay * kSecond + 186'641'123, 9},
      {"1777889702000000000", kMay * kSecond, 0},
      {"1.499473411677E9", 1'499'473'411'677'000'000, 3},
      {"1.499473411677e+12", 1'499'473'411'677'000'000, 3},
      {"1.777889702e9", kMay * kSecond, 0},
      {"17778897020E-1", kMay * kSecond, 0},
      {"001777889702", kMay * kSecond, 0},
      {"100000000", 100'000'000 * kSecond, 0},
      {"9223372036.854775807", 9'223'372'036'854'775'807, 9},
      // The second that a clock counted twice.
      {"2016-12-31T23:59:60Z", 1'483'228'799 * kSecond, 0},
      {"2016-12-31T23:59:60.5Z", 1'483'228'799 * kSecond + 500'000'000, 1},
      {"1969-12-31T23:59:59.75Z", -250'000'000, 2},
      {"1678-01-01T00:00:00Z", -9'214'560'000 * kSecond, 0},
      {"2261-12-31T23:59:59.999999999Z", 9'214'646'399 * kSecond + 999'999'999, 9},
      {"2000-02-29T00:00:00Z", 951'782'400 * kSecond, 0},
  };
  for (const Stamp& stamp : stamps) {
    CAPTURE(stamp.text);
    const auto parsed = parse_timestamp(stamp.text);
    REQUIRE(parsed.has_value());
    CHECK(nanoseconds(*parsed) == stamp.nanoseconds);
    CHECK(parsed->fraction_digits == stamp.digits);
  }
}

TEST_CASE("timestamp: what is none") {
  const std::vector<std::string> texts = {"",
                                          " ",
                                          "-",
                                          "null",
                                          "NaN",
                                          "inf",
                                          "2026",
                                          "2026-05-04",
                                          "2026-05-04T",
                                          "2026-05-04T10:15",
                                          "2026-05-04T10:15Z",
                                          "2026-05-04T24:00:00Z",
                                          "2026-05-04T10:60:00Z",
                                          "2026-05-04T10:15:61Z",
                                          "2026-13-04T10:15:02Z",
                                          "2026-00-04T10:15:02Z",
                                          "2026-02-29T10:15:02Z",
                                          "1900-02-29T00:00:00",
                                          "2026-05-32T10:15:02Z",
                                          "2026-05-00T10:15:02Z",
                                          "2026-05-04T10:15:02.Z",
                                          "2026-05-04T10:15:02+2",
                                          "2026-05-04T10:15:02+02:",
                                          "2026-05-04T10:15:02+24:00",
                                          "2026-05-04T10:15:02+02:60",
                                          "2026-05-04T10:15:02 PST",
                                          "2026-05-04T10:15:02ZZ",
                                          "2026-05-04  10:15:02",
                                          "2026-05-04T10:15:02Z,",
                                          "2026-5-4T10:15:02Z",
                                          "[2026-05-04T10:15:02Z",
                                          "04/Mai/2026:10:15:02 +0000",
                                          "04/13/2026:10:15:02",
                                          "04/May/2026",
                                          "Mon May 4 2026",
                                          "Xyz May 04 10:15:02 2026",
                                          "10:15:02",
                                          "0",
                                          "0.123",
                                          "12.5",
                                          "99999999",
                                          "-1777889702",
                                          "+1777889702",
                                          "1777889702.",
                                          ".1777889702",
                                          "1777889702s",
                                          "1.5E",
                                          "1.5E+",
                                          "1E999",
                                          "1E-9",
                                          "0x6a0b1c2d3",
                                          "1777889702 1",
                                          "9223372036854775808",
                                          "9223372036.854775808",
                                          "92233720368",
                                          "99999999999999999999",
                                          "999999999999999999999",
                                          "1677-01-01T00:00:00Z",
                                          "2263-01-01T00:00:00Z",
                                          "0000-01-01T00:00:00Z",
                                          "9999-12-31T23:59:59Z",
                                          "2026-05-04T10:15:02." + std::string(60, '1')};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text).has_value());
  }
}

TEST_CASE("timestamp: a date and a time in two columns") {
  const auto at = [](const char* date, const char* time) {
    const auto stamp = parse_timestamp(date, time);
    return stamp ? nanoseconds(*stamp) : -1;
  };
  CHECK(at("2026-05-04", "10:15:02") == kMay * kSecond);
  CHECK(at(" 2026-05-04 ", " 10:15:02.5Z ") == kMay * kSecond + 500'000'000);
  CHECK(at("2026-05-04", "12:15:02 +0200") == kMay * kSecond);
  CHECK(at("04/May/2026", "10:15:02") == kMay * kSecond);
  CHECK(at("04/05/2026", "10:15:02") == kMay * kSecond);
  // One of the two is a whole stamp.
  CHECK(at("2026-05-04", "1777889702") == kMay * kSecond);
  CHECK(at("2026-05-04T10:15:02Z", "0.123") == kMay * kSecond);
  CHECK(at("2026-05-04T10:15:02Z", "2026-05-04T10:15:03Z") == (kMay + 1) * kSecond);
  CHECK(at("2026-05-04", "0.123") == -1);
  CHECK(at("2026-05-04", "") == -1);
  CHECK(at("", "10:15:02") == -1);
}

TEST_CASE("timestamp: every day from 1970 to 2100 agrees with counting days") {
  std::mt19937_64 random(7);
  for (CalendarDay day; day.year <= 2100; day.go_to_next()) {
    const int hour = static_cast<int>(random() % 24);
    const int minute = static_cast<int>(random() % 60);
    const int second = static_cast<int>(random() % 60);
    const std::int64_t nanos = static_cast<std::int64_t>(random() % 1'000'000'000);
    const int zone = static_cast<int>(random() % 1681) - 840;
    const std::int64_t local = day.number * 86400 + hour * 3600 + minute * 60 + second;
    const std::int64_t seconds = local - zone * 60;
    const std::string clock = fmt::format("{:02}:{:02}:{:02}", hour, minute, second);
    const std::string offset =
        fmt::format("{}{:02}{:02}", zone < 0 ? '-' : '+', std::abs(zone) / 60, std::abs(zone) % 60);
    const std::string month = kMonths[static_cast<std::size_t>(day.month - 1)];
    const std::string iso = fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    std::vector<std::pair<std::string, std::int64_t>> stamps = {
        {fmt::format("{}T{}.{:09}{}", iso, clock, nanos, offset), seconds * kSecond + nanos},
        {fmt::format("{} {},{:03}", iso, clock, nanos / 1'000'000),
         local * kSecond + nanos / 1'000'000 * 1'000'000},
        {fmt::format("{:02}/{}/{:04}:{} {}", day.day, month, day.year, clock, offset),
         seconds * kSecond},
        {fmt::format("{:02}/{:02}/{:04}:{}", day.day, day.month, day.year, clock), local * kSecond},
        {fmt::format("{} {} {:2} {} {}", kWeekdays[static_cast<std::size_t>(day.weekday)], month,
                     day.day, clock, day.year),
         local * kSecond}};
    if (day.number >= 1200) {
      stamps.emplace_back(fmt::format("{}.{:09}", local, nanos), local * kSecond + nanos);
      stamps.emplace_back(fmt::format("{}{:03}", local, nanos / 1'000'000),
                          local * kSecond + nanos / 1'000'000 * 1'000'000);
      stamps.emplace_back(fmt::format("{}{:09}", local, nanos), local * kSecond + nanos);
    }
    for (const auto& [text, expected] : stamps) {
      const auto parsed = parse_timestamp(text);
      if (!parsed || nanoseconds(*parsed) != expected) FAIL(text);
    }
  }
}

TEST_CASE("timestamp: hostile texts are read within their bounds") {
  const std::vector<std::string> seeds = {"2026-05-04T10:15:02.186641+02:30",
                                          "[04/May/2026:10:15:02 +0000]",
                                          "Sun Mar 13 22:49:12 2016",
                                          "1.499473411677E+09",
                                          "1777889702186641123",
                                          "04/05/2026:10:15:02"};
  std::mt19937 random(11);
  int read = 0;
  const auto probe = [&](const std::string& text) {
    // A copy without a byte to spare, so that the address sanitizer sees one step too far.
    const std::unique_ptr<char[]> exact(new char[text.size()]);
    std::copy(text.begin(), text.end(), exact.get());
    const std::string_view view(exact.get(), text.size());
    const auto parsed = parse_timestamp(view);
    read += parsed.has_value();
    if (parsed && (parsed->fraction_digits < 0 || parsed->fraction_digits > 9)) FAIL(text);
    static_cast<void>(parse_timestamp(view, view));
    static_cast<void>(parse_timestamp(view.substr(0, 10), view));
  };
  for (const std::string& seed : seeds) {
    for (std::size_t length = 0; length <= seed.size(); ++length) {
      probe(seed.substr(0, length));
      probe(seed.substr(length));
    }
    for (int round = 0; round < 20000; ++round) {
      std::string text = seed;
      for (unsigned edits = random() % 4 + 1; edits > 0 && !text.empty(); --edits) {
        const std::size_t at = random() % text.size();
        switch (random() % 3) {
          case 0:
            text[at] = static_cast<char>(random() % 256);
            break;
          case 1:
            text.erase(at, 1);
            break;
          default:
            text.insert(at, 1, "0159.,:-+ZTE /"[random() % 14]);
            break;
        }
      }
      probe(text);
    }
  }
  CHECK(read > 1000);
}
