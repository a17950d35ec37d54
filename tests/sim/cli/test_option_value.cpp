#include "sim/cli/option_value.h"
#include "tests/support/catch.h"

using namespace dosimeter::sim;

TEST_CASE("option value: both ends of a range are in it") {
  CHECK(number_option("--x", "1", 1, 2).value() == 1);
  CHECK(number_option("--x", "2", 1, 2).value() == 2);
  CHECK(number_option("--x", "1.5e0", 1, 2).value() == 1.5);
  CHECK(count_option("--x", "0", 7).value() == 0);
  CHECK(count_option("--x", "7", 7).value() == 7);
  CHECK(size_option("--x", "64KiB", 65536, 1 << 20).value() == 65536);
  CHECK(size_option("--x", "65536", 65536, 1 << 20).value() == 65536);
  CHECK(size_option("--x", "1MiB", 65536, 1 << 20).value() == 1 << 20);
}

TEST_CASE("option value: anything else is refused") {
  for (const char* text : {"", " 1", "1 ", "0x1", "1,5", "inf", "0.999", "2.001", "one"}) {
    CAPTURE(text);
    CHECK_FALSE(number_option("--x", text, 1, 2).has_value());
  }
  for (const char* text : {"", "-1", "8", "1.0", "18446744073709551616"}) {
    CAPTURE(text);
    CHECK_FALSE(count_option("--x", text, 7).has_value());
  }
  for (const char* text : {"", "KiB", "64KB", "64 KiB", "-64KiB", "2MiB", "68719476736GiB"}) {
    CAPTURE(text);
    CHECK_FALSE(size_option("--x", text, 65536, 1 << 20).has_value());
  }
}
