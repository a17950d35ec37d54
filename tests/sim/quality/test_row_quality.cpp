#include "sim/quality/row_quality.h"
#include "tests/support/catch.h"

#include <chrono>
#include <string_view>

using namespace dosimeter;
using namespace dosimeter::sim;

TEST_CASE("row quality: an address is no name") {
  for (const std::string_view host :
       {"192.0.2.7", "192.0.2.7:8080", "[2001:db8::7]", "[2001:db8::7]:8080", "2001:db8::7", "::1",
        "::ffff:192.0.2.7"}) {
    CAPTURE(host);
    CHECK(is_address(host));
  }
  for (const std::string_view host :
       {"", "shop.example", "shop.example:8080", "localhost", "10", "1.2.3", "1.2.3.4.example",
        "[x]", "[", ":", ":80", "1.2.3.4.", "a:b", "api-1.2.3.4:80", "...", "....:80"}) {
    CAPTURE(host);
    CHECK_FALSE(is_address(host));
  }
}

TEST_CASE("row quality: counts requests, and the sums of parts are those of the whole") {
  const TimePoint time{std::chrono::minutes(90)};
  RowQuality whole;
  RowQuality part;
  const Request bare{.host = "192.0.2.7", .url_path = "/"};
  const Request named{.service_name = "shop", .host = "shop.example", .url_path = "/"};
  const FieldBits method = bit_of(Field::http_method);
  whole.add({bare, method | bit_of(Field::service_name)}, 3);
  whole.minutes.add(time);
  part.add({named, method}, 2);
  part.minutes.add(time + std::chrono::minutes(2));
  whole.add(part);
  CHECK(whole.requests == 5);
  CHECK(whole.absent == std::array<std::uint64_t, kFieldCount>{3, 5, 0, 5, 0, 5});
  CHECK(whole.undecided == std::array<std::uint64_t, kFieldCount>{3, 0, 0, 5, 0, 0});
  CHECK(whole.undecided_requests == 5);
  CHECK(whole.address_hosts == 3);
  CHECK(whole.minutes.coverage()->minutes == 3);
  CHECK(whole.minutes.coverage()->empty_minutes == 1);
  whole.clear();
  CHECK(whole.requests == 0);
  CHECK_FALSE(whole.minutes.coverage());
}
