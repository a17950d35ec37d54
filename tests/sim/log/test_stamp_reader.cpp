#include "sim/log/log_block.h"
#include "sim/log/stamp_reader.h"
#include "tests/support/catch.h"

#include <random>
#include <string>
#include <string_view>

namespace {

using namespace dosimeter::sim;

void compare(StampReader& reader, const std::string& text) {
  const std::string padded = text + std::string(kBlockPadding, '7');
  const auto expected = parse_timestamp(text);
  const auto found = reader.read(std::string_view(padded).substr(0, text.size()));
  const bool same = found.has_value() == expected.has_value() &&
                    (!found || (found->time == expected->time &&
                                found->fraction_digits == expected->fraction_digits));
  if (!same) FAIL(text);
}

}  // namespace

TEST_CASE("stamp reader: stamps are what parse_timestamp says, whatever was read before") {
  constexpr std::string_view kDates[] = {"2026-05-04", "2026-05-05", "1969-12-31", "2024-02-29",
                                         "2023-02-29", "1677-09-21", "2262-04-11", "0000-00-00",
                                         "2026-13-01", "20x6-05-04"};
  constexpr std::string_view kTimes[] = {"10:15:02", "00:00:00", "23:59:59", "23:59:60",
                                         "24:00:00", "10:60:00", "1a:15:02", "10-15:02",
                                         "10:15:0/", "10:15:0:"};
  constexpr std::string_view kZones[] = {"", "Z", "z", "+02:00", "-0530", " UTC", "x"};
  StampReader reader;
  std::mt19937 random(20261130);
  for (int round = 0; round < 300000; ++round) {
    std::string text(kDates[random() % (random() % 4 == 0 ? std::size(kDates) : 2)]);
    text += random() % 8 == 0 ? "t _"[random() % 3] : 'T';
    text += kTimes[random() % (random() % 4 == 0 ? std::size(kTimes) : 3)];
    if (random() % 3 != 0) {
      text += random() % 8 == 0 ? ',' : '.';
      for (std::size_t digits = random() % 12; digits > 0; --digits) {
        text += static_cast<char>('0' + (random() % 2 == 0 ? 0 : random() % 10));
      }
    }
    text += kZones[random() % (random() % 4 == 0 ? std::size(kZones) : 2)];
    // A byte changed, now and then.
    if (random() % 16 == 0) text[random() % text.size()] = static_cast<char>(random() % 256);
    compare(reader, text);
  }
}

TEST_CASE("stamp reader: other stamps than ISO, twice each") {
  StampReader reader;
  for (const char* text :
       {"1777889702", "1777889702.5", "1777889702186", "[04/May/2026:10:15:02 +0000]", "now", "",
        "04/May/2026:10:15:02 +0000", "Sun Mar 13 22:49:12 2016", "1.499473411677E9", "2026-05-04",
        "2026-05-04T10:15:02.1234567891Z", "2026-05-04T10:15:02.Z",
        "2026-05-04T10:15:02.123456789"}) {
    compare(reader, text);
    compare(reader, text);
  }
}
